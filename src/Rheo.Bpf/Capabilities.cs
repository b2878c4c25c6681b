using System.Globalization;

namespace Rheo.Bpf;

/// <summary>What this process may do, as /proc/self/status has it.</summary>
/// <remarks>Threads: any; capabilities are the calling thread's in the kernel, and this reads the main thread's. Cost: reads one file.</remarks>
public static class Capabilities
{
    private const string EffectiveLine = "CapEff:";

    /// <summary>Gives those of the capabilities that this process does not have, by the kernel's names (<c>CAP_BPF</c>).</summary>
    /// <remarks>CAP_SYS_ADMIN stands for CAP_BPF and CAP_PERFMON, as in the kernel.</remarks>
    /// <param name="wanted">The capabilities asked for.</param>
    public static IReadOnlyList<string> Missing(params ReadOnlySpan<Capability> wanted)
    {
        var effective = Effective();
        var missing = new List<string>();
        foreach (var capability in wanted)
        {
            if (!Holds(effective, capability))
                missing.Add(KernelName(capability));
        }

        return missing;
    }

    /// <summary>Tells whether this process has a capability in its effective set.</summary>
    /// <param name="capability">The capability asked for.</param>
    public static bool Has(Capability capability) => Holds(Effective(), capability);

    private static bool Holds(ulong set, Capability capability)
    {
        var covered = capability is Capability.Bpf or Capability.Perfmon && (set & Bit(Capability.SysAdmin)) != 0;
        return covered || (set & Bit(capability)) != 0;
    }

    private static ulong Bit(Capability capability) => 1UL << (int)capability;

    private static ulong Effective()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(EffectiveLine, StringComparison.Ordinal))
                return ulong.Parse(line.AsSpan(EffectiveLine.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return 0;
    }

    private static string KernelName(Capability capability) => capability switch
    {
        Capability.NetAdmin => "CAP_NET_ADMIN",
        Capability.NetRaw => "CAP_NET_RAW",
        Capability.SysPtrace => "CAP_SYS_PTRACE",
        Capability.SysAdmin => "CAP_SYS_ADMIN",
        Capability.SysResource => "CAP_SYS_RESOURCE",
        Capability.Perfmon => "CAP_PERFMON",
        Capability.Bpf => "CAP_BPF",
        _ => capability.ToString(),
    };
}
