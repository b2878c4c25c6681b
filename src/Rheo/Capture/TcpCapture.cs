using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>
/// Reads what the tcp object tells of connections into the model: their ends as they come, their figures by walks.
/// Threads: one, but <see cref="Wake"/>. Cost: about 0.4 µs of CPU a live socket and walk, and 1 µs more for one that has moved.
/// </summary>
public sealed class TcpCapture : IDisposable
{
    // 2,048 sockets a step: their records fill two thirds of the ring.
    private const int StepBytes = 2048 * sizeof(ulong);

    private readonly TcpKernel _kernel;
    private readonly TcpHooks? _hooks;
    private readonly ConnectionTable _table;
    private readonly TcpTime _time = new();
    private readonly byte[] _step = new byte[StepBytes];
    private readonly TcpLedger[] _ledgers;
    private ulong _generation;
    private ulong _lostMoments;
    private bool _isAllToldBefore;

    private TcpCapture(TcpKernel kernel, TcpHooks? hooks, ConnectionTable table)
    {
        (_kernel, _hooks, _table) = (kernel, hooks, table);
        _ledgers = new TcpLedger[kernel.Counters.CpuCount];
        // Another number than any reader before had.
        _generation = (ulong)DateTime.UtcNow.Ticks;
    }

    /// <summary>Loads and attaches everything in this process, and reads it.</summary>
    /// <param name="table">What is told.</param>
    /// <param name="tellsOpened">Whether each opening is told at once.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice.</exception>
    public static TcpCapture Open(ConnectionTable table, bool tellsOpened = false)
    {
        var hooks = TcpHooks.Open(tellsOpened);
        try
        {
            return new TcpCapture(TcpKernel.Receive(hooks.Descriptors), hooks, table);
        }
        catch
        {
            hooks.Dispose();
            throw;
        }
    }

    /// <summary>Reads what another process has loaded.</summary>
    public static TcpCapture Read(TcpKernel kernel, ConnectionTable table) => new(kernel, null, table);

    /// <summary>Unix time in ns, by the clock that all times of the model have here.</summary>
    public long NowNs => _time.Refresh();

    /// <summary>Waits for what is told of itself, at most so long, and reads it.</summary>
    public void Poll(TimeSpan patience)
    {
        if (patience > TimeSpan.Zero)
            _kernel.Moments.WaitForWakeUp(patience);
        _time.Refresh();
        using var batch = _kernel.Moments.Read();
        while (batch.TryRead(out var record))
            Tell(record);
    }

    /// <summary>Ends a wait, from any thread.</summary>
    public void Wake() => _kernel.Moments.Wake();

    /// <summary>Reads the figures of all sockets that moved since the last walk; at first, and when something was lost, of all.</summary>
    public void Walk()
    {
        Poll(TimeSpan.Zero);
        ReadLedger();
        var isFull = !_isAllToldBefore;
        if (isFull)
            _kernel.Reader.Set(0, ++_generation);
        _table.BeginWalk(_time.Refresh());
        using (var walk = _kernel.Walk.Open())
        {
            while (walk.Read(_step) > 0)
                DrainFigures();
        }

        DrainFigures();
        if (isFull)
            _table.EndFullWalk(_time.Refresh());
        _isAllToldBefore = true;
        _table.Age(_time.NowNs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kernel.Dispose();
        _hooks?.Dispose();
    }

    private void DrainFigures()
    {
        using var batch = _kernel.Figures.Read();
        while (batch.TryRead(out var record))
            Tell(record);
    }

    private void Tell(ReadOnlySpan<byte> record)
    {
        if (record.Length == Unsafe.SizeOf<TcpHealth>())
            TellConnection(in MemoryMarshal.AsRef<TcpHealth>(record));
        else if (record.Length == Unsafe.SizeOf<TcpQueue>())
            TellQueue(in MemoryMarshal.AsRef<TcpQueue>(record));
    }

    private void TellConnection(ref readonly TcpHealth health)
    {
        var figures = TcpFigures.From(in health, _time);
        if ((TcpRecord)health.Type == TcpRecord.Ended)
            _table.End(figures);
        else
            _table.Read(figures);
    }

    private void TellQueue(ref readonly TcpQueue queue)
    {
        if ((TcpRecord)queue.Type == TcpRecord.QueueEnded)
            _table.EndListener(queue.Cookie);
        else
            _table.Read(TcpFigures.From(in queue, _time));
    }

    private void ReadLedger()
    {
        _kernel.Counters.TryGet(0, _ledgers);
        var totals = TcpLedgers.Sum(_ledgers);
        // A lost end would leave its connection alive for ever.
        if (totals.LostMoments != _lostMoments)
            _isAllToldBefore = false;
        _lostMoments = totals.LostMoments;
        _table.Totals = totals;
    }
}
