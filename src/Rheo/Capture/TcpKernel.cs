using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>The kernel objects that a reader of TCP connections needs, whoever loaded them. Reading needs no capability from Linux 6.1 on.</summary>
public sealed class TcpKernel : IDisposable
{
    private TcpKernel(Func<string, BpfMap> map, IteratorLink walk)
    {
        Moments = new(map("tcp_ring_moments"));
        Figures = new(map("tcp_walk_ring"));
        Reader = new(map("tcp_reader"));
        Counters = new(map("tcp_counters"));
        Walk = walk;
    }

    /// <summary>The maps that are handed over, in this order; the walk's link follows.</summary>
    internal static IReadOnlyList<string> MapNames { get; } = ["tcp_ring_moments", "tcp_walk_ring", "tcp_reader", "tcp_counters"];

    internal RingBuffer Moments { get; }

    internal RingBuffer Figures { get; }

    internal BpfMap<uint, ulong> Reader { get; }

    internal PerCpuMap<uint, TcpLedger> Counters { get; }

    internal IteratorLink Walk { get; }

    /// <summary>Takes the objects over. The descriptors stay the caller's, and open as long as this is used.</summary>
    /// <param name="descriptors">As another process's <see cref="TcpHooks.Descriptors"/> gave them.</param>
    /// <exception cref="MissingSupportException">They are not what is expected, or the kernel refuses.</exception>
    public static TcpKernel Receive(IReadOnlyList<int> descriptors)
    {
        if (descriptors.Count != MapNames.Count + 1)
            throw new MissingSupportException($"{descriptors.Count} kernel objects were handed over, and {MapNames.Count + 1} are expected");
        try
        {
            return new TcpKernel(
                name => BpfMap.FromDescriptor(descriptors[MapNames.ToList().IndexOf(name)], name),
                IteratorLink.FromDescriptor(descriptors[^1], "iter/bpf_sk_storage_map"));
        }
        catch (Exception refused) when (refused is BpfException or ArgumentException)
        {
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <summary>Lets go of the mappings and of the walk.</summary>
    public void Dispose()
    {
        Moments.Dispose();
        Figures.Dispose();
        Walk.Dispose();
    }
}
