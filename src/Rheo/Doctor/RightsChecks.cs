using Rheo.Bpf;

namespace Rheo.Doctor;

/// <summary>The capabilities of this process.</summary>
internal static class RightsChecks
{
    internal static IEnumerable<Finding> All() =>
    [
        Required(Capability.Bpf, "CAP_BPF", "programs and maps cannot be loaded"),
        Required(Capability.NetAdmin, "CAP_NET_ADMIN", "programs cannot be attached to interfaces"),
        Required(Capability.Perfmon, "CAP_PERFMON", "the verifier refuses to follow packet headers"),
        Optional(Capability.SysAdmin, "CAP_SYS_ADMIN", "rheo cost, the sampled cost in /metrics, the names of other programs and the self-test's private network are missing"),
        Optional(Capability.NetRaw, "CAP_NET_RAW", "the self-test cannot send its probe packets"),
    ];

    private static Finding Required(Capability capability, string name, string cost) => Capabilities.Has(capability)
        ? Finding.Ok(FindingArea.Support, Check(name), $"{name}: held")
        : Finding.Fail(FindingArea.Support, Check(name), $"{name}: missing; {cost}",
            "run with sudo, or once: sudo setcap cap_bpf,cap_perfmon,cap_net_admin=ep $(command -v rheo)");

    private static Finding Optional(Capability capability, string name, string cost) => Capabilities.Has(capability)
        ? Finding.Ok(FindingArea.Support, Check(name), $"{name}: held (only the doctor and rheo cost use it)")
        : Finding.Warn(FindingArea.Support, Check(name), $"{name}: missing; {cost}", "run the doctor with sudo; the agent itself does not need it");

    private static string Check(string name) => "capability." + name["CAP_".Length..].ToLowerInvariant();
}
