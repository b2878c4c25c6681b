using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The kernel objects that a reader of flows needs, whoever loaded them: this process, or the warden, which hands descriptors over.
/// Threads: the polling thread. Reading needs no capability.
/// </summary>
public sealed class FlowKernel : IDisposable
{
    private FlowKernel(HandedObject handed)
    {
        Flows = new(handed.Map("flow_table"));
        Wides = new(handed.Map("wide_table"));
        Ledger = new(handed.Map("flow_ledger"));
        FlowRing = new(handed.Map("flow_ring"));
        TcpRing = new(handed.Map("tcp_ring"));
        Acks = handed.Map("tcp_ack_counts");
        Clock = new(handed.Map(".bss"));
        ReadClock = handed.Program("read_clock");
    }

    internal MappedArray<FlowSet> Flows { get; }

    internal MappedArray<WideSet> Wides { get; }

    internal MappedArray<FlowLedger> Ledger { get; }

    internal RingBuffer FlowRing { get; }

    internal RingBuffer TcpRing { get; }

    internal BpfMap Acks { get; }

    internal MappedArray<FlowBss> Clock { get; }

    internal BpfProgram ReadClock { get; }

    /// <summary>Takes the objects over. The descriptors stay the caller's, and open as long as this is used.</summary>
    /// <param name="handed">As <see cref="FlowHooks.Handed"/> is, here or in another process.</param>
    /// <exception cref="MissingSupportException">They are not what is expected, or the kernel refuses.</exception>
    public static FlowKernel Receive(HandedObject handed)
    {
        try
        {
            return new FlowKernel(handed);
        }
        catch (Exception refused) when (refused is BpfException or ArgumentException)
        {
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <summary>Lets go of the mappings.</summary>
    public void Dispose()
    {
        FlowRing.Dispose();
        TcpRing.Dispose();
        Flows.Dispose();
        Wides.Dispose();
        Ledger.Dispose();
        Clock.Dispose();
    }

    /// <summary>What a reader needs of an object that is loaded.</summary>
    internal static HandedObject Hand(FlowBpf flow) => HandedObject.Of(
        HandedObject.Flow, flow.Object, ["flow_table", "wide_table", "flow_ledger", "flow_ring", "tcp_ring", "tcp_ack_counts", ".bss"], flow.Programs.ReadClock);
}
