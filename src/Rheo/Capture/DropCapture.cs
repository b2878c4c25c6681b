using System.Buffers.Binary;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Capture;

/// <summary>
/// The drop object read: packets that the kernel lets go, added up there by reason, place and flow. Loading and attaching it is
/// <see cref="DropHooks"/>'. Threads: any, one at a time. Kernel: no capability from 5.19 on, where bpf(2) lets who has a map's
/// descriptor read it.
/// </summary>
public sealed class DropCapture : IPartReader
{
    private const int BatchSize = 256;

    private readonly Lock _lock = new();
    private readonly Lock _walking = new(); // taken before the other: a walk takes long where there are many descriptors, and nobody waits for it
    private readonly IDisposable? _hooks; // those of this process; another's stay its own
    private readonly PerCpuMap<DropPlace, DropCounts> _places;
    private readonly DropFlows _flows;
    private readonly PerCpuMap<uint, DropLedger> _ledger;
    private readonly BpfProgram _program;
    private readonly DropNamer _namer;
    private readonly DropTotals _totals;
    private readonly DropExamples _examples;
    private readonly DropListeners _listeners;

    // These four are used again: of a thousand places the sums are a large object, one a second.
    private readonly List<(DropPlace, DropCounts)> _sums = [];
    private readonly DropPlace[] _keys = new DropPlace[BatchSize];
    private readonly DropCounts[] _counts;
    private readonly DropLedger[] _ledgers;

    private ulong _seen = ulong.MaxValue; // of the ledger, as of the latest snapshot
    private volatile DropSnapshot _latest = DropSnapshot.Empty;
    private bool _isDisposed;

    internal DropCapture(HandedObject handed, IDisposable? hooks = null)
    {
        _hooks = hooks;
        _places = new(handed.Map("drop_places"));
        _flows = new(handed.Map("drop_flows"));
        _ledger = new(handed.Map("drop_ledger"));
        _counts = new DropCounts[BatchSize * _places.CpuCount];
        _ledgers = new DropLedger[_ledger.CpuCount];
        _program = handed.Program("drop_skb");
        _namer = new DropNamer(handed);
        _totals = new DropTotals(_namer);
        _examples = new DropExamples(new RingBuffer(handed.Map("drop_ring")), _namer);
        _listeners = new DropListeners(handed);
    }

    /// <summary>What was dropped as of the last scan, without the flows. Threads: any.</summary>
    public DropSnapshot Latest => _latest;

    /// <inheritdoc/>
    public IEnumerable<StageLoss> Losses
    {
        get
        {
            var ledger = _latest.Ledger;
            return [new("drop_places", 0, 0, ledger.OtherPackets), new("drop_ring", 0, 0, ledger.LostExamples)];
        }
    }

    /// <summary>Loads the programs, attaches them, and reads what they count.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static DropCapture Open()
    {
        var hooks = DropHooks.Open();
        return new DropCapture(hooks.Handed, hooks);
    }

    /// <summary>The present name of an interface of this namespace; <c>if7</c> when there is none.</summary>
    public static string InterfaceName(int index) => NetworkDevices.Find(index)?.Name ?? $"if{index}";

    /// <inheritdoc/>
    public bool Drain()
    {
        if (!_examples.HasNews || !_lock.TryEnter())
            return false; // who reads drains them
        try
        {
            return _examples.Drain(WallClock.LessMonotonicNs());
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <inheritdoc/>
    public void Scan(long nowNs)
    {
        if (!_walking.TryEnter())
            return; // somebody else reads, and the next scan finds what this one would
        try
        {
            lock (_lock)
                Look(nowNs);
        }
        finally
        {
            _walking.Exit();
        }
    }

    /// <summary>All that was dropped so far, with the flows; nothing any more once it is disposed of.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public DropSnapshot Read()
    {
        lock (_walking)
        {
            if (_isDisposed)
                return DropSnapshot.Empty;
            _listeners.Walk(WallClock.UnixNs);
            lock (_lock)
                return Snapshot(withFlows: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_walking)
        {
            lock (_lock)
            {
                _isDisposed = true;
                _examples.Dispose();
                _hooks?.Dispose();
            }
        }
    }

    private void Look(long nowNs)
    {
        var seen = Ledger().Seen; // before the rest: what is dropped meanwhile is read once more
        _listeners.WalkWhenDue(nowNs, isQuiet: seen == _seen);
        if (seen == _seen && !_listeners.HasNews)
            return;
        _latest = Snapshot(withFlows: false);
        _seen = seen;
    }

    internal static DroppedFlow Flow(ref readonly DropFlow flow) => new(
        new Endpoint(new Address(flow.Saddr), BinaryPrimitives.ReverseEndianness(flow.Sport)),
        new Endpoint(new Address(flow.Daddr), BinaryPrimitives.ReverseEndianness(flow.Dport)),
        flow.Transport,
        flow.Socket);

    private DropSnapshot Snapshot(bool withFlows)
    {
        var difference = WallClock.LessMonotonicNs();
        if (_examples.HasNews)
            _examples.Drain(difference);
        var flows = withFlows ? _flows.Read() : null;
        var refused = _listeners.Totals(sockets => flows ?? _flows.Read(sockets), _namer);
        return new DropSnapshot(
            [.. _totals.Of(Places(), difference), .. refused.Select(total => total with { Flow = null, Owner = null })],
            withFlows ? [.. flows!.Select(pair => Total(pair.Key.Place, Flow(in pair.Key), pair.Counts, difference)), .. refused] : [],
            Lost())
        {
            Examples = _examples.Last,
        };
    }

    private DropTotal Total(in DropPlace place, DroppedFlow? flow, in DropCounts counts, long unixLessMonotonicNs) =>
        _namer.Total(in place, flow, in counts, (long)counts.LastNs + unixLessMonotonicNs);

    private List<(DropPlace Key, DropCounts Counts)> Places()
    {
        _sums.Clear();
        var batches = _places.ReadBatches(_keys, _counts);
        while (batches.MoveNext())
        {
            for (var at = 0; at < batches.Keys.Length; at++)
                _sums.Add((batches.Keys[at], Sum(batches.Values.Slice(at * _places.CpuCount, _places.CpuCount))));
        }

        return _sums;
    }

    private static DropCounts Sum(ReadOnlySpan<DropCounts> cpus)
    {
        var sum = default(DropCounts);
        foreach (ref readonly var cpu in cpus)
        {
            sum.Packets += cpu.Packets;
            sum.Bytes += cpu.Bytes;
            sum.LastNs = Math.Max(sum.LastNs, cpu.LastNs);
        }

        return sum;
    }

    private DropLosses Lost()
    {
        var sum = Ledger();
        return new DropLosses(sum.OtherPackets, sum.OtherBytes, sum.LostFlows, (ulong)_program.Statistics().RecursionMisses, sum.LostExamples);
    }

    private DropLedger Ledger()
    {
        _ledger.TryGet(0, _ledgers);
        var sum = default(DropLedger);
        foreach (ref readonly var ledger in _ledgers.AsSpan())
        {
            sum.OtherPackets += ledger.OtherPackets;
            sum.OtherBytes += ledger.OtherBytes;
            sum.LostFlows += ledger.LostFlows;
            sum.LostExamples += ledger.LostExamples;
            sum.Seen += ledger.Seen;
        }

        return sum;
    }
}
