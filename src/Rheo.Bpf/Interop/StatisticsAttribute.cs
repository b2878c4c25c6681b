namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, "enable_stats": BPF_ENABLE_STATS.</summary>
internal struct StatisticsAttribute
{
    public const uint RunTime = 0; // BPF_STATS_RUN_TIME, the only kind

    public uint Type;
}
