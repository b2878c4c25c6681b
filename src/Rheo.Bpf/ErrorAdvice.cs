using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>What a person can do about an error number of bpf(2), in one sentence. It looks at this process only after a failure.</summary>
internal static class ErrorAdvice
{
    public static string? For(int errno) => errno switch
    {
        Errno.EPERM or Errno.EACCES => Rights(),
        Errno.ENOMEM => "the kernel has no memory for it: lower the map's size, or raise the cgroup's memory limit",
        Errno.E2BIG => "too big for this kernel: lower the map's size, or the program has too many instructions",
        Errno.ENOSPC => "no room left: the map is full, or the output buffer is too small",
        Errno.ENOTSUPP or Errno.EOPNOTSUPP => "this kernel, device or map type does not offer it",
        Errno.EBUSY => "somebody else holds it: look with bpftool net and bpftool link",
        Errno.ESRCH => "the kernel has no such type or function: its BTF is older than the program expects, or absent",
        _ => null,
    };

    private static string Rights()
    {
        var missing = Capabilities.Missing(Capability.Bpf, Capability.Perfmon, Capability.NetAdmin);
        return missing.Count > 0
            ? $"needs {string.Join(", ", missing)}, which this process lacks: run as root or grant them (setcap, AmbientCapabilities)"
            : "this process has CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN, so lockdown, seccomp, a security module or (below Linux 5.11) "
              + "RLIMIT_MEMLOCK refused it";
    }
}
