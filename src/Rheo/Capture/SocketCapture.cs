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
public sealed class SocketCapture : IPartReader, ISocketOwners
{
    /// <summary>What no hook tells, such as a descriptor that was passed on, is known after this time.</summary>
    private static readonly TimeSpan WalkInterval = TimeSpan.FromSeconds(2);

    /// <summary>So long, where since the last walk no socket or process came or went, and nobody asked: a descriptor can be passed on all the same.</summary>
    private static readonly TimeSpan QuietInterval = TimeSpan.FromSeconds(30);

    /// <summary>The ring calls when a CPU has put a sixteenth of it there, and questions read it themselves.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>The same, where the round before read nothing.</summary>
    private static readonly TimeSpan QuietRound = TimeSpan.FromSeconds(2);

    private const int RecordsAhead = 12; // of a short connection there are five

    private readonly Lock _lock = new();
    private readonly IDisposable? _hooks; // those of this process; another's stay its own
    private readonly BpfProgram _reader;
    private readonly byte[] _frame = new byte[64];
    private readonly PerCpuMap<uint, OwnerLedger> _ledger;
    private readonly SocketTable _table = new(new SocketTableOptions { LoopbackNamespace = OwnNamespace.Cookie() });
    private readonly RingBuffer _ring;
    private readonly RingWaiter _waiter;
    private readonly DescriptorWalk? _walk;
    private readonly PortWalk? _ports;
    private readonly OwnerClock _clock = new();
    private readonly Thread _thread;
    private readonly WalkPace _pace = new(WalkInterval, QuietInterval);
    private bool _isQuiet; // nothing was read from the ring or asked since the last walk
    private OwnerLedger _books;
    private volatile bool _stop;
    private volatile BpfException? _failure;

    internal SocketCapture(HandedObject handed, IDisposable? hooks = null)
    {
        _hooks = hooks;
        _reader = handed.Program("socket_reader");
        _ledger = new(handed.Map(Maps[1]));
        _ring = new RingBuffer(handed.Map(Maps[0]));
        _waiter = new RingWaiter(_ring);
        if (handed.Descriptors.TryGetValue(DescriptorWalk.Name, out var link))
            _walk = new DescriptorWalk(IteratorLink.FromDescriptor(link, DescriptorWalk.Name));
        if (handed.Descriptors.TryGetValue(PortWalk.Name, out link))
            _ports = new PortWalk(IteratorLink.FromDescriptor(link, PortWalk.Name));
        ForgetProcesses();
        Walk();
        _thread = new Thread(Run) { Name = "owners", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The maps that it reads.</summary>
    internal static IReadOnlyList<string> Maps { get; } = ["owner_ring", "owner_ledger"];

    /// <summary>How well it is known whose the sockets are. Cost: a look at each socket.</summary>
    public SocketHealth Health
    {
        get
        {
            lock (_lock)
            {
                return new SocketHealth
                {
                    Counts = _table.Counts,
                    Records = _books.Records,
                    LostRecords = _books.LostRecords,
                    Walks = _walk?.Count ?? 0,
                    WalkSeconds = _walk?.Total.TotalSeconds ?? 0,
                    LastWalkSeconds = _walk?.Last.TotalSeconds ?? 0,
                };
            }
        }
    }

    /// <summary>Loads the programs, attaches them, and looks at all descriptors that there are.</summary>
    /// <param name="ringBytes">Bytes of the ring, a power of two, where it is not to have its usual 2 MiB.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static SocketCapture Open(uint? ringBytes = null)
    {
        var hooks = SocketHooks.Open(ringBytes);
        try
        {
            return new SocketCapture(hooks.Handed, hooks);
        }
        catch (BpfException refused)
        {
            hooks.Dispose();
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public void Expect(byte protocol, Endpoint local, Endpoint remote) => _table.Expect(protocol, local, remote);

    /// <inheritdoc/>
    public IReadOnlyList<SocketProcess> Find(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs)
    {
        lock (_lock)
        {
            ReadRing();
            _isQuiet = false;
            var (first, last) = (_clock.FromUnix(firstSeenNs), _clock.FromUnix(lastSeenNs));
            if (protocol == Transport.Udp && _table.AwaitsPort && !_table.IsKnown(protocol, local, remote, first, last))
                ReadPorts();
            return _table.Find(protocol, local, remote, first, last);
        }
    }

    /// <summary>The processes that use a socket, first the one that used it last; empty where they are not known.</summary>
    /// <param name="cookie">The kernel's number of the socket.</param>
    public IReadOnlyList<SocketProcess> FindByCookie(ulong cookie)
    {
        lock (_lock)
        {
            ReadRing();
            _isQuiet = false;
            return _table.FindByCookie(cookie);
        }
    }

    /// <summary>Looks at all descriptors now, and returns when all that they tell is known.</summary>
    public void Walk()
    {
        lock (_lock)
        {
            ReadRing();
            _table.BeginWalk(WallClock.MonotonicNs);
        }

        _walk?.Run(Tell);
        var books = Ledger();
        lock (_lock)
        {
            ReadRing();
            if (_walk is not null)
                _table.EndWalk(mayHaveMissedEnds: books.LostRecords != _books.LostRecords);
            _books = books;
            _isQuiet = true;
        }

        _pace.Done(_walk?.Last ?? TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public bool Drain() => _failure is { } failure ? throw failure : false; // a thread of its own reads

    /// <summary>Lets go of the ring, and of what this process attached.</summary>
    public void Dispose()
    {
        _stop = true;
        _waiter.Wake();
        _thread.Join();
        _waiter.Dispose();
        lock (_lock) // who asks at this moment reads it, too
            _ring.Dispose();
        _walk?.Dispose();
        _ports?.Dispose();
        _hooks?.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stop)
                ReadOn();
        }
        catch (BpfException failure)
        {
            _failure = failure;
        }
    }

    private void ReadOn()
    {
        _waiter.Wait(_isQuiet ? QuietRound : Round);
        lock (_lock)
        {
            ReadRing();
            if (_table.Tick(WallClock.MonotonicNs))
                ForgetProcesses();
            _clock.Refresh();
        }

        if (!_stop && _pace.IsDue(_isQuiet))
            Walk();
    }

    private void ReadRing()
    {
        if (_stop || _ring.AvailableBytes == 0)
            return;
        _isQuiet = false;
        using var batch = _ring.Read();
        var ahead = batch.Ahead();
        for (var records = 0; records < RecordsAhead; records++)
            SeeNext(ref ahead);
        while (batch.TryRead(out var record))
        {
            SeeNext(ref ahead);
            OwnerRecords.Tell(record, _table);
        }
    }

    private void SeeNext(ref RingOutlook ahead)
    {
        if (ahead.TrySee(out var record))
            OwnerRecords.Expect(record, _table);
    }

    private void ReadPorts()
    {
        if (_stop)
            return;
        _table.PortsRead(WallClock.MonotonicNs);
        try
        {
            _ports?.Run();
        }
        catch (BpfException refused)
        {
            _failure = refused; // who asks for an owner does not have to know; see Drain
        }

        ReadRing();
    }

    // Who a process is stands in the ring before the first walk that names it.
    private void Tell(ReadOnlyMemory<byte> records)
    {
        var size = Unsafe.SizeOf<OwnerSocket>();
        lock (_lock)
        {
            ReadRing();
            for (var at = 0; at < records.Length; at += size)
                OwnerRecords.Tell(records.Span.Slice(at, size), _table);
        }
    }

    // The kernel tells a process once, and from now on again.
    private void ForgetProcesses() => _reader.TestRun(new TestRun { Data = _frame });

    private OwnerLedger Ledger()
    {
        var cpus = new OwnerLedger[_ledger.CpuCount];
        _ledger.TryGet(0, cpus);
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
