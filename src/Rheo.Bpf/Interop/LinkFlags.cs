namespace Rheo.Bpf.Interop;

/// <summary>Flags of BPF_LINK_CREATE, under their kernel names (linux/bpf.h, linux/if_link.h).</summary>
internal static class LinkFlags
{
    internal const uint BPF_F_BEFORE = 1 << 3;
    internal const uint BPF_F_AFTER = 1 << 4;
    internal const uint XDP_FLAGS_SKB_MODE = 1 << 1;
    internal const uint XDP_FLAGS_DRV_MODE = 1 << 2;
    internal const uint XDP_FLAGS_HW_MODE = 1 << 3;
}
