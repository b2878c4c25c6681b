using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// Which programs can be loaded, and what they may call. libbpf has such probes, but they take a missing right for a missing feature.
/// </summary>
internal static class ProgramProbes
{
    /// <summary>BPF_F_SLEEPABLE: programs of type syscall must be.</summary>
    private const uint Sleepable = 1 << 4;

    /// <summary>
    /// What the verifier of different kernels says about a helper that this type of program cannot call, or that no one can.
    /// </summary>
    private static readonly string[] s_noSuchHelper = ["invalid func ", "unknown func ", "program of this type cannot use helper"];

    internal static Support Type(ProgramType type)
    {
        using var program = new DescriptorHandle(ProbeProgram.LoadEmpty(type, ExpectedBy(type), FlagsOf(type), out var log));
        return program switch
        {
            { IsInvalid: false } => Support.Yes,
            // The verifier has something against this program: so it knows the type (tracing, lsm and the like want a target).
            _ when log.Length > 0 || program.Descriptor == -Errno.ENOTSUPP => Support.Yes,
            { Descriptor: -Errno.EINVAL } => Support.No,
            _ => Support.Unknown,
        };
    }

    internal static Support Helper(ProgramType type, uint helper)
    {
        using var program = new DescriptorHandle(ProbeProgram.LoadCall(type, ExpectedBy(type), FlagsOf(type), helper, out var log));
        if (!program.IsInvalid)
            return Support.Yes;
        if (log.Length == 0)
            return program.Descriptor == -Errno.EINVAL && Type(type) == Support.No ? Support.No : Support.Unknown;
        if (!s_noSuchHelper.Any(log.Contains))
            return Support.Yes; // it only misses its arguments
        // Without these rights the kernel hides helpers that it has.
        return Capabilities.Missing(Capability.Bpf, Capability.Perfmon).Count == 0 ? Support.No : Support.Unknown;
    }

    private static AttachType ExpectedBy(ProgramType type) => type switch
    {
        ProgramType.CgroupSockAddr => AttachType.BPF_CGROUP_INET4_CONNECT,
        ProgramType.CgroupSockopt => AttachType.BPF_CGROUP_GETSOCKOPT,
        ProgramType.SkLookup => AttachType.BPF_SK_LOOKUP,
        ProgramType.Netfilter => AttachType.BPF_NETFILTER,
        ProgramType.Tracing => AttachType.BPF_TRACE_RAW_TP,
        _ => default,
    };

    private static uint FlagsOf(ProgramType type) => type == ProgramType.Syscall ? Sleepable : 0;
}
