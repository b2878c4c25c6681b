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
    private readonly FlowKernel _kernel;
    private readonly FlowRingReader _reader;
    private readonly byte[] _frame = Frame.Create();

    public CrowdedTable(int tableEntries)
    {
        _bpf = FlowObject.Load(tableEntries);
        _kernel = FlowKernel.Receive(FlowKernel.Hand(_bpf));
        _time = new KernelTime(_kernel);
        _time.Refresh();
        var feed = new FlowFeed(_conversations, new InterfaceTotals(), _time);
        _narrow = new(_kernel.Flows, feed);
        _wide = new(_kernel.Wides, feed);
        _reader = new(_kernel.FlowRing, _narrow, _wide);
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
        foreach (ref readonly var set in _kernel.Flows.Span)
        {
            foreach (ref readonly var slot in (ReadOnlySpan<FlowSlot>)set.Way)
            {
                if (slot.Version != 0)
                    See(slot.Key.Sport | (uint)slot.Key.Dport << 16);
            }
        }
    }

    /// <summary>Flows that live in a CPU's shard.</summary>
    public long Live(int cpu) => (long)(_kernel.Ledger[cpu].Inserted - _kernel.Ledger[cpu].HandedOver - _kernel.Ledger[cpu].LostFlows);

    /// <summary>Reads the table into the model. Returns how many slots it has.</summary>
    public long Scan()
    {
        _narrow.Scan(mayHaveNew: true, [new FlowLedger { Inserted = 1 }]); // all of it, whichever CPU holds something
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
        _kernel.Dispose();
        _bpf.Dispose();
    }

    // The number of a flow is its two ports, as they lie in the frame.
    private void See(uint flow)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(PortsAt), flow);
        _bpf.Programs.FlowIngressL2.TestRun(_frame);
    }
}
