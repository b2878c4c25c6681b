namespace Rheo.Bpf;

/// <summary>
/// Kernel functions that programs call, by their numbers (enum bpf_func_id in linux/bpf.h). Numbers without a name here may be cast.
/// </summary>
public enum HelperFunction : uint
{
    /// <summary>bpf_ktime_get_ns (Linux 4.1).</summary>
    KtimeGetNs = 5,

    /// <summary>bpf_get_socket_cookie (4.12; tracing 5.12).</summary>
    GetSocketCookie = 46,

    /// <summary>bpf_tcp_gen_syncookie (5.3).</summary>
    TcpGenSyncookie = 110,

    /// <summary>bpf_jiffies64 (5.6).</summary>
    Jiffies64 = 118,

    /// <summary>bpf_get_netns_cookie (5.7; traffic control about 6.15).</summary>
    GetNetnsCookie = 122,

    /// <summary>bpf_ringbuf_output (5.8).</summary>
    RingbufOutput = 130,

    /// <summary>bpf_ktime_get_coarse_ns (5.11).</summary>
    KtimeGetCoarseNs = 160,

    /// <summary>bpf_timer_init (5.15).</summary>
    TimerInit = 169,

    /// <summary>bpf_loop (5.17).</summary>
    Loop = 181,

    /// <summary>bpf_xdp_load_bytes (5.18).</summary>
    XdpLoadBytes = 189,

    /// <summary>bpf_tcp_raw_gen_syncookie_ipv4 (6.0).</summary>
    TcpRawGenSyncookieIpv4 = 204,
}
