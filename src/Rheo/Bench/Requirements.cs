using Rheo.Bench.Machine;

namespace Rheo.Bench;

/// <summary>What a comparison needs from the machine.</summary>
internal static class Requirements
{
    // bpf_loop is of 5.17, live frames of BPF_PROG_TEST_RUN are of 5.18.
    private static readonly Version OldestKernel = new(5, 18);

    private static readonly (string Program, string Package)[] Programs =
        [("ip", "iproute2"), ("ethtool", "ethtool"), ("taskset", "util-linux"), ("setpriv", "util-linux"), ("unshare", "util-linux")];

    /// <summary>Passes where a comparison can be made.</summary>
    /// <exception cref="MissingSupportException">Something is missing; the message says what, and the way out.</exception>
    public static void Check()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new MissingSupportException("it makes network namespaces and loads programs into the kernel, for which it needs root: sudo rheo bench");
        if (Environment.OSVersion.Version < OldestKernel)
            throw new MissingSupportException($"the packet source needs Linux {OldestKernel} or later; this is {Environment.OSVersion.Version}");
        CheckPrograms();
        if (Core.Count < 2)
            throw new MissingSupportException(OneCpu);
    }

    private const string OneCpu =
        """
        it may use one CPU only (taskset and cpuset count), where the packet source would take its time from those that watch: neither what they cost nor what they miss would mean anything
        give it two CPUs or more; what a running agent costs here stands in its /metrics, as rheo_bpf_program_run_seconds_total and rheo_process_cpu_seconds_total
        """;

    private static void CheckPrograms()
    {
        var missing = Programs.Where(one => !InstalledPrograms.Has(one.Program)).ToArray();
        if (missing.Length > 0)
        {
            throw new MissingSupportException(
                $"it needs {string.Join(", ", missing.Select(one => one.Program))}: apt-get install "
                + string.Join(' ', missing.Select(one => one.Package).Distinct()));
        }
    }
}
