using Rheo.Bpf;

namespace Rheo.Doctor;

/// <summary>The kernel itself: its age, its types, its lockdown, its compiler for programs.</summary>
internal static class KernelChecks
{
    private static readonly Version Oldest = new(5, 10);
    private static readonly Version WithTcx = new(6, 6);

    internal static IEnumerable<Finding> All() =>
    [
        Age(Environment.OSVersion.Version),
        Types(Features.KernelBtf),
        Lockdown(MachineChecks.FirstLine("/sys/kernel/security/lockdown")),
        Compiler(MachineChecks.FirstLine("/proc/sys/net/core/bpf_jit_enable")),
    ];

    internal static Finding Age(Version kernel)
    {
        if (kernel < Oldest)
            return Fail("kernel", $"Linux {kernel} is older than {Oldest}, the oldest that Rheo is made for", "boot Linux 5.10 or newer; 6.6 or newer is best");
        return kernel < WithTcx
            ? Ok("kernel", $"Linux {kernel}: works, by way of cls_bpf (tcx came with {WithTcx})")
            : Ok("kernel", $"Linux {kernel}");
    }

    internal static Finding Types(Support types) => types == Support.Yes
        ? Ok("btf", "the kernel describes its types (/sys/kernel/btf/vmlinux)")
        : Fail("btf", "/sys/kernel/btf/vmlinux is missing: the programs cannot be fitted to this kernel",
            "boot a kernel with CONFIG_DEBUG_INFO_BTF=y (every distribution's current one); in a container mount /sys");

    internal static Finding Lockdown(string? line) => line switch
    {
        null => Ok("lockdown", "no kernel lockdown is known of"),
        _ when line.Contains("[confidentiality]", StringComparison.Ordinal) => Fail(
            "lockdown", "kernel lockdown is in confidentiality mode: programs may not read the kernel's memory", "boot with lockdown=integrity"),
        _ => Ok("lockdown", $"kernel lockdown does not stand in the way ({Text.Printable(line)})"),
    };

    internal static Finding Compiler(string? line) => line switch
    {
        "0" => Finding.Warn(FindingArea.Support, "jit", "programs are interpreted, not compiled: each packet costs ten times as much", "sysctl -w net.core.bpf_jit_enable=1"),
        null => Finding.Unknown(FindingArea.Support, "jit", "cannot tell whether programs are compiled (/proc/sys/net/core/bpf_jit_enable cannot be read)"),
        _ => Ok("jit", "programs are compiled to machine code"),
    };

    private static Finding Ok(string check, string summary) => Finding.Ok(FindingArea.Support, check, summary);

    private static Finding Fail(string check, string summary, string fix) => Finding.Fail(FindingArea.Support, check, summary, fix);
}
