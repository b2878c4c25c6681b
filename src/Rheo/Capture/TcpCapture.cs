using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>
/// Reads what the tcp object tells of connections into the model: their ends as they come, their figures by walks.
/// Loading and attaching is <see cref="TcpHooks"/>'. Threads: one. Cost: about 0.5 µs of CPU a live socket and walk, and 1 µs more for one that has moved.
/// </summary>
public sealed class TcpCapture : IPartReader, IConnectionTeller
{
    // 8,192 sockets a step, as many as the kernel's own buffer allows: their records fill three fifths of the ring.
    private const int StepBytes = 8192 * sizeof(uint);

    /// <summary>What is known of a connection is fetched so many records before its own.</summary>
    private const int RecordsAhead = 4;

    /// <summary>A window is closed somewhere, or somebody follows: that is looked at so often, where a walk costs little.</summary>
    private static readonly TimeSpan OftenEnough = TimeSpan.FromMilliseconds(100), CheapWalk = TimeSpan.FromMilliseconds(10);

    private readonly IDisposable? _hooks; // those of this process; another's stay its own
    private readonly RingBuffer _ring;
    private readonly PerCpuMap<uint, TcpLedger> _counters;
    private readonly IteratorLink _walk;
    private readonly IteratorLink _walkYoung;
    private readonly MappedValue<ulong> _word; // TcpReaderWord
    private readonly TcpTime _time = new();
    private readonly byte[] _step = new byte[StepBytes];
    private readonly TcpLedger[] _ledgers;
    private readonly BpfProgram _states;
    private readonly FullWalks _full = new();
    private (ulong Begun, bool IsEmpty) _young; // as of the last walk over the young: connections begun before it
    private long _walkedAt;
    private TimeSpan _walkTook;

    internal TcpCapture(HandedObject handed)
        : this(handed, null, new ConnectionTable(new ConnectionTableOptions()))
    {
    }

    private TcpCapture(HandedObject handed, IDisposable? hooks, ConnectionTable table)
    {
        (_hooks, Table) = (hooks, table);
        _ring = new(handed.Map(Maps[0]));
        _counters = new(handed.Map(Maps[1]));
        _walk = IteratorLink.FromDescriptor(handed.Descriptor(WalkLink), WalkLink);
        _walkYoung = IteratorLink.FromDescriptor(handed.Descriptor(YoungLink), YoungLink);
        _word = new(handed.Map(Maps[2]));
        _states = handed.Program(StateProgram);
        TellsOpened = false; // nobody follows yet, whoever read before
        _ledgers = new TcpLedger[_counters.CpuCount];
    }

    /// <summary>The maps that it reads.</summary>
    internal static IReadOnlyList<string> Maps { get; } = ["tcp_ring", "tcp_counters", "tcp_reader"];

    /// <summary>The program that hears of changes of state.</summary>
    internal const string StateProgram = "tcp_state";

    /// <summary>The link of the walk over the sockets that carry what is known of them with them.</summary>
    internal const string WalkLink = "tcp_walk";

    /// <summary>That of the walk over the others.</summary>
    internal const string YoungLink = "tcp_walk_young";

    /// <inheritdoc/>
    public ConnectionTable Table { get; }

    /// <summary>Loads and attaches everything in this process, and reads it.</summary>
    /// <param name="table">What is told.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice.</exception>
    public static TcpCapture Open(ConnectionTable table)
    {
        var hooks = TcpHooks.Open();
        return new TcpCapture(hooks.Handed, hooks, table);
    }

    /// <inheritdoc/>
    public bool TellsOpened
    {
        get => (_word.Value & TcpReaderWord.Follows) != 0;
        set => _word.Value = value ? _word.Value | TcpReaderWord.Follows : _word.Value & ~(ulong)TcpReaderWord.Follows;
    }

    /// <summary>Unix time in ns, by the clock that all times of the model have here.</summary>
    public long NowNs
    {
        get
        {
            Table.ShiftTime(_time.Refresh());
            return _time.NowNs;
        }
    }

    /// <summary>Reads what was told of itself: openings and ends. Looks more closely while a window is closed, or somebody follows.</summary>
    public bool Drain()
    {
        var hadNews = _ring.AvailableBytes > 0;
        DrainMoments();
        if ((Table.IsAnyWindowClosed || TellsOpened) && _walkTook < CheapWalk && Stopwatch.GetElapsedTime(_walkedAt) > OftenEnough)
            Walk();
        return hadNews || Table.IsAnyWindowClosed || TellsOpened;
    }

    /// <inheritdoc/>
    public void Scan(long nowNs) => Walk();

    /// <summary>Reads the figures of all sockets that moved since the last walk; at first, and when something was lost, of all.</summary>
    public void Walk()
    {
        _walkedAt = Stopwatch.GetTimestamp();
        DrainMoments();
        ReadLedger();
        var isFull = _full.IsDue;
        if (isFull)
            _word.Value += TcpReaderWord.Turn;
        Table.BeginWalk(NowNs);
        Walk(_walk);
        WalkYoung(isFull);
        Table.EndWalk();
        if (isFull && _full.Done() is > 0 and var walks)
            Table.EndFullWalk(NowNs, walks);
        Table.Age(_time.NowNs);
        _walkTook = Stopwatch.GetElapsedTime(_walkedAt);
    }

    /// <summary>The next walk reads all sockets, whether they moved or not.</summary>
    public void TellAllAgain() => _full.Ask();

    /// <inheritdoc/>
    public void Dispose()
    {
        _ring.Dispose();
        _walk.Dispose();
        _walkYoung.Dispose();
        _word.Dispose();
        _hooks?.Dispose();
    }

    // Where none was left and none has begun since, its 8,192 places are not gone through: a fifth of what a host at rest pays for all of us.
    private void WalkYoung(bool isFull)
    {
        var begun = Table.Totals.Attempts + Table.Totals.Accepted;
        if (isFull || !_young.IsEmpty || _young.Begun != begun)
            _young = (begun, Walk(_walkYoung) == 0);
    }

    // How many bytes the walk wrote: four for each socket that was told, and among the young for each that lives.
    private long Walk(IteratorLink link)
    {
        var length = 0L;
        using (var walk = link.Open())
        {
            while (walk.Read(_step) is > 0 and var read)
            {
                length += read;
                DrainRing();
            }
        }

        DrainRing();
        return length;
    }

    private void DrainMoments()
    {
        Table.ShiftTime(_time.Refresh());
        DrainRing();
    }

    private void DrainRing()
    {
        using var batch = _ring.Read();
        var ahead = batch.Ahead();
        for (var records = 0; records < RecordsAhead; records++)
            SeeNext(ref ahead);
        while (batch.TryRead(out var record))
        {
            SeeNext(ref ahead);
            Tell(record);
        }
    }

    private void SeeNext(ref RingOutlook ahead)
    {
        if (ahead.TrySee(out var record) && record.Length == Unsafe.SizeOf<TcpHealth>())
            Table.Expect(MemoryMarshal.AsRef<TcpHealth>(record).Life.Cookie);
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
            Table.End(in figures);
        else
            Table.Read(in figures);
    }

    private void TellQueue(ref readonly TcpQueue queue)
    {
        if ((TcpRecord)queue.Type == TcpRecord.QueueEnded)
            Table.EndListener(queue.Cookie);
        else
            Table.Read(TcpFigures.From(in queue, _time));
    }

    private void ReadLedger()
    {
        _counters.TryGet(0, _ledgers);
        var totals = TcpLedgers.Sum(_ledgers) with { LostChanges = (ulong)_states.Statistics().RecursionMisses };
        // An end that nobody told would leave its connection alive for ever.
        _full.Hear(totals.LostMoments, totals.LostChanges, Stopwatch.GetElapsedTime(0));
        Table.Totals = totals;
    }
}
