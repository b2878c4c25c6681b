namespace Rheo.Bpf.Interop;

/// <summary>Numbers of linux/pkt_sched.h and linux/pkt_cls.h, under their kernel names.</summary>
internal static class TrafficControlNumbers
{
    internal const uint TC_H_CLSACT = 0xFFFF_FFF1;
    internal const uint TC_H_CLSACT_HANDLE = 0xFFFF_0000;
    internal const uint TC_H_CLSACT_INGRESS = 0xFFFF_FFF2; // TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS)
    internal const uint TC_H_CLSACT_EGRESS = 0xFFFF_FFF3; // TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS)
    internal const ushort ETH_P_ALL = 3;

    internal const ushort TCA_KIND = 1;
    internal const ushort TCA_OPTIONS = 2;
    internal const ushort TCA_CHAIN = 11;
    internal const ushort TCA_BPF_FD = 6;
    internal const ushort TCA_BPF_NAME = 7;
    internal const ushort TCA_BPF_FLAGS = 8;
    internal const ushort TCA_BPF_ID = 11;
    internal const uint TCA_BPF_FLAG_ACT_DIRECT = 1;
}
