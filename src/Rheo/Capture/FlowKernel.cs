using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The kernel objects that a reader of flows needs, whoever loaded them: this process, or the warden, which hands descriptors over.
/// Threads: the polling thread. Reading needs no capability.
/// </summary>
public sealed class FlowKernel : IDisposable
{
    private FlowKernel(Func<string, BpfMap> map, BpfProgram readClock)
    {
        Flows = new(map("flow_table"));
        Wides = new(map("wide_table"));
        Ledger = new(map("flow_ledger"));
        FlowRing = new(map("flow_ring"));
        TcpRing = new(map("tcp_ring"));
        Clock = new(map(".bss"));
        ReadClock = readClock;
    }

    /// <summary>What is handed over, in this order: the maps by name, and the program that reads the clock.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["flow_table", "wide_table", "flow_ledger", "flow_ring", "tcp_ring", ".bss", "read_clock"];

    internal MappedArray<FlowSet> Flows { get; }

    internal MappedArray<WideSet> Wides { get; }

    internal MappedArray<FlowLedger> Ledger { get; }

    internal RingBuffer FlowRing { get; }

    internal RingBuffer TcpRing { get; }

    internal MappedArray<FlowBss> Clock { get; }

    internal BpfProgram ReadClock { get; }

    /// <summary>Takes the objects over. The descriptors stay the caller's, and open as long as this is used.</summary>
    /// <param name="descriptors">As another process's <see cref="FlowHooks.Descriptors"/> gave them.</param>
    /// <exception cref="MissingSupportException">They are not what is expected, or the kernel refuses.</exception>
    public static FlowKernel Receive(IReadOnlyList<int> descriptors)
    {
        if (descriptors.Count != Names.Count)
            throw new MissingSupportException($"{descriptors.Count} kernel objects were handed over, and {Names.Count} are expected");
        try
        {
            return new FlowKernel(
                name => BpfMap.FromDescriptor(descriptors[IndexOf(name)], name),
                BpfProgram.FromDescriptor(descriptors[^1], Names[^1]));
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

    internal static FlowKernel Of(FlowBpf flow) => new(flow.Object.Map, flow.Programs.ReadClock);

    internal static int[] Descriptors(FlowBpf flow) =>
        [.. Names.SkipLast(1).Select(name => flow.Object.Map(name).FileDescriptor), flow.Programs.ReadClock.FileDescriptor];

    private static int IndexOf(string name) => Names.ToList().IndexOf(name);
}
