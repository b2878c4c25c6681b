using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// How many bytes a CPU puts in a ring before it looks whether the reader is to be called. All CPUs together, each just below it, must leave
/// room in the ring, or it is full before anybody has called.
/// </summary>
internal static class RingLook
{
    /// <summary>On machines of few CPUs: to look costs some 20 ns, and so is nothing a record.</summary>
    private const int LeastLooks = 16;

    /// <summary>A quarter of the ring for what nobody has looked at yet.</summary>
    private const int Share = 4;

    internal static uint BytesOfACpu(int ringBytes) => BytesOfACpu(ringBytes, PossibleCpus.Count);

    internal static uint BytesOfACpu(int ringBytes, int cpus) => (uint)Math.Min(ringBytes / LeastLooks, ringBytes / Share / cpus);
}
