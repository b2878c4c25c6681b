using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The CPUs that this machine can have, on line or not: how many values a per-CPU element has.</summary>
/// <remarks>Not <see cref="Environment.ProcessorCount"/>, which counts what this process may use.</remarks>
public static class PossibleCpus
{
    private static readonly Lazy<int> _count = new(Read);

    /// <summary>How many there are; it never changes while the machine runs.</summary>
    /// <exception cref="BpfException">/sys/devices/system/cpu/possible cannot be read.</exception>
    public static int Count => _count.Value;

    private static int Read()
    {
        using var log = LibbpfLog.Collect();
        var count = Libbpf.libbpf_num_possible_cpus();
        return count > 0 ? count : throw new BpfException("count", "possible CPUs", -count, log.Messages);
    }
}
