namespace Rheo.Bpf;

/// <summary>The capabilities that eBPF work asks for, by the kernel's numbers (<c>linux/capability.h</c>).</summary>
public enum Capability
{
    /// <summary>CAP_NET_ADMIN: network program types, netlink, XDP and tc attachments.</summary>
    NetAdmin = 12,

    /// <summary>CAP_NET_RAW: socket filters and packet sockets.</summary>
    NetRaw = 13,

    /// <summary>CAP_SYS_PTRACE: reading other users' processes in /proc.</summary>
    SysPtrace = 19,

    /// <summary>CAP_SYS_ADMIN: program statistics, ids, other network namespaces; includes CAP_BPF and CAP_PERFMON.</summary>
    SysAdmin = 21,

    /// <summary>CAP_SYS_RESOURCE: raising the locked-memory limit on kernels below 5.11.</summary>
    SysResource = 24,

    /// <summary>CAP_PERFMON: tracing programs, and pointer arithmetic on packets.</summary>
    Perfmon = 38,

    /// <summary>CAP_BPF: creating maps and loading programs.</summary>
    Bpf = 39,
}
