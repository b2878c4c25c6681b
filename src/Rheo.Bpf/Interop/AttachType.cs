namespace Rheo.Bpf.Interop;

/// <summary>enum bpf_attach_type, as far as a link here or a probe names it.</summary>
internal enum AttachType : uint
{
    BPF_CGROUP_INET_INGRESS = 0,
    BPF_CGROUP_SOCK_OPS = 3,
    BPF_CGROUP_INET4_CONNECT = 10,
    BPF_CGROUP_GETSOCKOPT = 21,
    BPF_TRACE_RAW_TP = 23,
    BPF_TRACE_ITER = 28,
    BPF_SK_LOOKUP = 36,
    BPF_XDP = 37,
    BPF_PERF_EVENT = 41,
    BPF_NETFILTER = 45,
    BPF_TCX_INGRESS = 46,
    BPF_TCX_EGRESS = 47,
    BPF_TRACE_UPROBE_MULTI = 48,
}
