using Rheo.Agent;
using Rheo.Model;
using Rheo.Tests.Model;

namespace Rheo.Tests.Agent;

/// <summary>A traffic source that plays a script into a real model: each round is a scan, each scan a second later.</summary>
internal sealed class ScriptedSource(TrafficSourceOptions options, Action<ScriptedSource, int> script) : ITrafficSource
{
    private readonly ConversationTable _table = new(options.Table with { Seed = 1 }, options.Ended);
    private readonly List<string> _warnings = [];
    private int _round;
    private long _clockNs;

    public TrafficSourceOptions Options => options;

    public IReadOnlyList<string> Attached => ["lo (tcx)", "eth0 (tcx)"];

    public IReadOnlyList<string> Warnings => _warnings;

    public ConversationTable Conversations => _table;

    public InterfaceTotals Interfaces { get; } = new();

    public Ledger Ledger { get; set; } = new() { Losses = [new StageLoss("flow_ring", 0, 0, 0)] };

    public long ScannedNs { get; private set; }

    public bool IsDisposed { get; private set; }

    public ITrafficJournal? Journal { get; set; }

    /// <summary>The only optional part, if there is one.</summary>
    public object? OnlyPart { get; set; }

    public long Now => Flows.Start + (_round * Flows.Second) + _clockNs;

    public string InterfaceName(int interfaceIndex) => interfaceIndex == 2 ? "eth0" : $"if{interfaceIndex}";

    public void Poll(TimeSpan wait)
    {
        Thread.Sleep(1);
        Scan();
    }

    public void Scan()
    {
        script(this, _round++);
        ScannedNs = Now;
        _table.Tick(Now);
        Journal?.Scanned(Now, Ledger);
    }

    public T? Part<T>()
        where T : class => OnlyPart as T;

    /// <summary>How long somebody waited for the parts.</summary>
    public TimeSpan Awaited { get; private set; }

    public void AwaitParts(TimeSpan most) => Awaited = most;

    public void Wake()
    {
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>Somebody sets the wall clock.</summary>
    public void SetClock(long byNs)
    {
        _clockNs += byNs;
        _table.ShiftTime(byNs);
        Journal?.ClockSet(byNs);
    }

    public void Warn(string warning) => _warnings.Add(warning);

    /// <summary>Packets of 100 bytes each from the client to the server, and as many back.</summary>
    public void Talk(ushort clientPort, ulong packets, TcpFlags flags = TcpFlags.Ack)
    {
        var client = Flows.Client with { Port = clientPort };
        See(Flows.Key(client, Flows.Server), Flows.Out(2), packets, flags);
        See(Flows.Key(Flows.Server, client), Flows.In(2), packets, TcpFlags.Ack);
        var handle = Interfaces.Open(Flows.Out(2));
        Interfaces.Add(handle, TrafficClass.Tcp, packets, 100 * packets);
    }

    private void See(FlowKey key, ObservationPoint point, ulong packets, TcpFlags flags)
    {
        var flow = _table.See(key, point, Now, packets, flags);
        Journal?.Counted(flow, point, TrafficClass.Tcp, new FlowCounts(packets, 100 * packets, flags), Now);
    }
}
