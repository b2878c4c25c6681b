using Rheo.Bpf;

namespace Rheo.Doctor;

/// <summary>Each hook and kernel feature that Rheo uses, or could: is it there, and what does its lack cost.</summary>
internal static class HookChecks
{
    private const string Rights = "run as root, or see the findings on capabilities";

    internal static IEnumerable<Finding> All()
    {
        var (tcx, filter) = (Features.Tcx, Features.Program(ProgramType.SchedCls));
        return
        [
            Hook("tcx", tcx, FindingStatus.Ok, "flows are counted there", "flows are counted by cls_bpf instead: the filter outlives a kill -9 until the next start, and others may delete it", "nothing has to be done; Linux 6.6 has it"),
            Hook("cls_bpf", filter, tcx == Support.Yes ? FindingStatus.Warn : FindingStatus.Fail, "programs of traffic control can be loaded", "no packet can be counted", "boot a kernel with CONFIG_NET_CLS_BPF and CONFIG_NET_SCH_INGRESS"),
            Hook("ring_buffer", Features.RingBuffer, FindingStatus.Fail, "moments and flows that lost their slot come by it", "flows that lose their slot cannot be handed over", "boot Linux 5.8 or newer"),
            Hook("tp_btf", Features.Program(ProgramType.Tracing), FindingStatus.Warn, "dropped packets and the life of connections are told there", "dropped packets, connections and their owners are not shown", "Linux 5.5 has it, with BTF"),
            Hook("cgroup_sock_addr", Features.Program(ProgramType.CgroupSockAddr), FindingStatus.Warn, "sockets learn there whose they are", "whose a conversation is, is not told", "Linux 4.17 has it, with CONFIG_CGROUP_BPF"),
            .. Later(),
        ];
    }

    /// <summary>Says what a probe's answer means.</summary>
    /// <param name="name">The hook.</param>
    /// <param name="support">The answer.</param>
    /// <param name="lacking">How its lack is to be taken.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="cost">What its lack costs.</param>
    /// <param name="fix">The way to get it.</param>
    internal static Finding Hook(string name, Support support, FindingStatus lacking, string use, string cost, string fix) => support switch
    {
        Support.Yes => Finding.Ok(FindingArea.Support, "hook." + name, $"{name}: yes; {use}"),
        Support.No => new Finding(FindingArea.Support, "hook." + name, lacking, $"{name}: no; {cost}", fix),
        _ => Finding.Unknown(FindingArea.Support, "hook." + name, $"{name}: cannot tell; where it is missing, {cost}", Rights),
    };

    // No part of this version stands on these; whoever plans for the next wants to know.
    private static IEnumerable<Finding> Later() =>
    [
        Unused("xdp", Features.Program(ProgramType.Xdp), "5.9"),
        Unused("sock_ops", Features.Program(ProgramType.SockOps), "4.13"),
        Unused("uprobe_multi", Features.UprobeMulti, "6.6"),
    ];

    private static Finding Unused(string name, Support support, string since) =>
        Hook(name, support, FindingStatus.Ok, "this version does not use it", "this version does not miss it", $"Linux {since} has it");
}
