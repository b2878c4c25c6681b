using System.Diagnostics;
using System.Runtime.CompilerServices;
using Rheo.Bpf;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Capture;

/// <summary>
/// The socket object at work: its moments read into a <see cref="SocketTable"/>, and all descriptors of all processes walked from time to
/// time. A question is answered with all that the kernel has told by then.
/// Threads: one of its own reads; questions from any. Kernel: reading needs no capability from 6.1 on.
/// </summary>
public sealed class SocketCapture : ISocketOwners, IDisposable
{
    /// <summary>What no hook tells, such as a descriptor that was passed on, is known after this time.</summary>
    private static readonly TimeSpan WalkInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    /// <summary>Walks take a hundredth of a core at most: a hundred times what one took passes before the next.</summary>
    private const int WalkShare = 100;

    private readonly Lock _lock = new();
    private readonly SocketHooks _hooks;
    private readonly SocketTable _table = new(new SocketTableOptions { LoopbackNamespace = OwnNamespace.Cookie() });
    private readonly RingBuffer _ring;
    private readonly RingWaiter _waiter;
    private readonly DescriptorWalk? _walk;
    private readonly OwnerClock _clock = new();
    private readonly Thread _thread;
    private long _walkAt;
    private ulong _lostBefore;
    private volatile bool _stop;

    private SocketCapture(SocketHooks hooks)
    {
        _hooks = hooks;
        _ring = new RingBuffer(hooks.Maps.OwnerRing);
        _waiter = new RingWaiter(_ring);
        _walk = hooks.Walk is { } link ? new DescriptorWalk(link) : null;
        Walk();
        _thread = new Thread(Run) { Name = "owners", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What could not be done, a line each.</summary>
    public IReadOnlyList<string> Warnings => _hooks.Warnings;

    /// <summary>How well it is known whose the sockets are. Cost: a look at each socket.</summary>
    public SocketHealth Health
    {
        get
        {
            var ledger = Ledger();
            lock (_lock)
            {
                return new SocketHealth
                {
                    Counts = _table.Counts,
                    Records = ledger.Records,
                    LostRecords = ledger.LostRecords,
                    Walks = _walk?.Count ?? 0,
                    WalkSeconds = _walk?.Total.TotalSeconds ?? 0,
                    LastWalkSeconds = _walk?.Last.TotalSeconds ?? 0,
                };
            }
        }
    }

    /// <summary>Loads the programs, attaches them, and looks at all descriptors that there are.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static SocketCapture Open()
    {
        var hooks = SocketHooks.Open();
        try
        {
            return new SocketCapture(hooks);
        }
        catch (BpfException refused)
        {
            hooks.Dispose();
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SocketProcess> Find(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs)
    {
        lock (_lock)
        {
            Drain();
            return _table.Find(protocol, local, remote, _clock.FromUnix(firstSeenNs), _clock.FromUnix(lastSeenNs));
        }
    }

    /// <summary>The processes that use a socket, first the one that used it last; empty where they are not known.</summary>
    /// <param name="cookie">The kernel's number of the socket.</param>
    public IReadOnlyList<SocketProcess> FindByCookie(ulong cookie)
    {
        lock (_lock)
        {
            Drain();
            return _table.FindByCookie(cookie);
        }
    }

    /// <summary>Looks at all descriptors now, and returns when all that they tell is known.</summary>
    public void Walk()
    {
        lock (_lock)
        {
            Drain();
            _table.BeginWalk(OwnerClock.NowNs);
        }

        _walk?.Run(Tell);
        var lost = Ledger().LostRecords;
        lock (_lock)
        {
            Drain();
            if (_walk is not null)
                _table.EndWalk(mayHaveMissedEnds: lost != _lostBefore);
            _lostBefore = lost;
        }

        var rest = (_walk?.Last ?? TimeSpan.Zero) * WalkShare;
        _walkAt = Stopwatch.GetTimestamp() + (long)((rest > WalkInterval ? rest : WalkInterval).TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Detaches and lets go of everything in the kernel.</summary>
    public void Dispose()
    {
        _stop = true;
        _waiter.Wake();
        _thread.Join();
        _waiter.Dispose();
        _ring.Dispose();
        _hooks.Dispose();
    }

    private void Run()
    {
        while (!_stop)
        {
            _waiter.Wait(Round);
            lock (_lock)
            {
                Drain();
                Forget(_table.Tick(OwnerClock.NowNs));
                _clock.Refresh();
            }

            if (!_stop && Stopwatch.GetTimestamp() >= _walkAt)
                Walk();
        }
    }

    private void Drain()
    {
        if (_ring.AvailableBytes == 0)
            return;
        using var batch = _ring.Read();
        while (batch.TryRead(out var record))
            OwnerRecords.Tell(record, _table);
    }

    // Who a process is stands in the ring before the first walk that names it.
    private void Tell(ReadOnlyMemory<byte> records)
    {
        var size = Unsafe.SizeOf<OwnerSocket>();
        lock (_lock)
        {
            Drain();
            for (var at = 0; at < records.Length; at += size)
                OwnerRecords.Tell(records.Span.Slice(at, size), _table);
        }
    }

    // The kernel tells a process once; it is to tell it again if it comes back.
    private void Forget(IReadOnlyList<Model.Owners.ProcessKey> processes)
    {
        foreach (var process in processes)
            _hooks.Maps.Processes.TryDelete(new OwnerProcessKey { Pid = (uint)process.Pid, StartNs = (ulong)process.StartNs });
    }

    private OwnerLedger Ledger()
    {
        var cpus = new OwnerLedger[_hooks.Maps.OwnerLedger.CpuCount];
        _hooks.Maps.OwnerLedger.TryGet(0, cpus);
        var sum = default(OwnerLedger);
        foreach (ref readonly var cpu in cpus.AsSpan())
        {
            sum.Records += cpu.Records;
            sum.LostRecords += cpu.LostRecords;
            sum.LostMarks += cpu.LostMarks;
        }

        return sum;
    }
}
