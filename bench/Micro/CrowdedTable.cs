using System.Buffers.Binary;
using Rheo.Bench.Traffic;
using Rheo.Bpf;
using Rheo.Capture;
using Rheo.Model;

namespace Rheo.Bench.Micro;

/// <summary>The agent's capture without interfaces: packets come from test runs of the flow program, each step when we say so.</summary>
internal sealed class CrowdedTable : IDisposable
{
    private const int PortsAt = 34;

    private readonly FlowBpf _bpf;
    private readonly KernelTime _time;
    private readonly ConversationTable _conversations = new(new ConversationTableOptions());
    private readonly SlotReader<FlowSlot, FlowSet, NarrowShape> _narrow;
    private readonly SlotReader<WideSlot, WideSet, WideShape> _wide;
    private readonly RingBuffer _ring;
    private readonly MappedArray<FlowLedger> _ledger;
    private readonly MappedArray<FlowSet> _table;
    private readonly FlowRingReader _reader;
    private readonly byte[] _frame = Frame.Create();

    public CrowdedTable(int tableEntries)
    {
        _bpf = FlowObject.Load(tableEntries);
        _time = new KernelTime(_bpf);
        _time.Refresh();
        var feed = new FlowFeed(_conversations, new InterfaceTotals(), _time);
        _narrow = new(_bpf.Maps.OpenFlowTable(), feed);
        _wide = new(_bpf.Maps.OpenWideTable(), feed);
        _ring = _bpf.Maps.OpenFlowRing();
        _ledger = _bpf.Maps.OpenFlowLedger();
        _table = _bpf.Maps.OpenFlowTable();
        _reader = new(_ring, _narrow, _wide);
    }

    public int Slots => _narrow.Capacity;

    /// <summary>One packet of each of these flows, on the core that the thread is on.</summary>
    public void See(uint first, uint count)
    {
        for (var flow = first; flow < first + count; flow++)
            See(flow);
    }

    /// <summary>One more packet of each flow that lives in the table, on the core that the thread is on.</summary>
    public void SeeAllAgain()
    {
        foreach (ref readonly var set in _table.Span)
        {
            foreach (ref readonly var slot in (ReadOnlySpan<FlowSlot>)set.Way)
            {
                if (slot.Version != 0)
                    See(slot.Key.Sport | (uint)slot.Key.Dport << 16);
            }
        }
    }

    /// <summary>Flows that live in a CPU's shard.</summary>
    public long Live(int cpu) => (long)(_ledger[cpu].Inserted - _ledger[cpu].HandedOver - _ledger[cpu].LostFlows);

    /// <summary>Reads the table into the model. Returns how many slots it has.</summary>
    public long Scan()
    {
        _narrow.Scan();
        return Slots;
    }

    /// <summary>Reads the ring into the model. Returns how many records there were.</summary>
    public long Drain()
    {
        var before = _reader.Records;
        _reader.Drain();
        return _reader.Records - before;
    }

    /// <summary>What the agent does between two scans.</summary>
    public void Tick()
    {
        _time.Refresh();
        _conversations.Tick(_time.NowNs);
    }

    public void Dispose()
    {
        _table.Dispose();
        _ledger.Dispose();
        _ring.Dispose();
        _narrow.Dispose();
        _wide.Dispose();
        _bpf.Dispose();
    }

    // The number of a flow is its two ports, as they lie in the frame.
    private void See(uint flow)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(PortsAt), flow);
        _bpf.Programs.FlowIngressL2.TestRun(_frame);
    }
}
