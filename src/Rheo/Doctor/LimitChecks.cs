using System.Globalization;
using Rheo.Bpf;

namespace Rheo.Doctor;

/// <summary>The limits of this process that matter to eBPF: locked memory on old kernels, open files.</summary>
internal static class LimitChecks
{
    /// <summary>Below 5.11 maps count as locked memory: 64 MiB holds ours on 32 CPUs.</summary>
    private const ulong EnoughMemory = 64UL << 20;

    /// <summary>Two links an interface, and the rest: 1,024 are enough for some 400 interfaces.</summary>
    private const ulong EnoughFiles = 1024;

    internal static IEnumerable<Finding> All() =>
        Of(File.ReadAllLines("/proc/self/limits"), Environment.OSVersion.Version, Capabilities.Has(Capability.SysResource));

    /// <summary>Judges the lines of /proc/PID/limits.</summary>
    /// <param name="lines">As the kernel writes them.</param>
    /// <param name="kernel">Its version.</param>
    /// <param name="mayRaise">This process has CAP_SYS_RESOURCE: it raises its limit itself.</param>
    internal static IEnumerable<Finding> Of(string[] lines, Version kernel, bool mayRaise) =>
        [Memory(Soft(lines, "Max locked memory"), kernel, mayRaise), Files(Soft(lines, "Max open files"))];

    private static Finding Memory(ulong? limit, Version kernel, bool mayRaise)
    {
        if (kernel >= new Version(5, 11))
            return Finding.Ok(FindingArea.Support, "limit.memlock", $"locked memory: {Amount(limit)}; this kernel does not count maps against it");
        if (limit is null or >= EnoughMemory || mayRaise)
            return Finding.Ok(FindingArea.Support, "limit.memlock", $"locked memory: {Amount(limit)}{(mayRaise ? ", raised when it is needed" : "")}");
        return Finding.Fail(FindingArea.Support, "limit.memlock", $"locked memory: {Amount(limit)} bytes; below Linux 5.11 maps count against it, and loading fails",
            "ulimit -l unlimited, or LimitMEMLOCK=infinity in the unit");
    }

    private static Finding Files(ulong? limit) => limit is null or >= EnoughFiles
        ? Finding.Ok(FindingArea.Support, "limit.nofile", $"open files: {Amount(limit)}")
        : Finding.Warn(FindingArea.Support, "limit.nofile", $"open files: {Amount(limit)}; each interface takes two, each HTTP client one",
            "ulimit -n 65536, or LimitNOFILE=65536 in the unit");

    // "Max open files            1024                 524288               files": 26 columns, then the soft limit.
    private static ulong? Soft(string[] lines, string name)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var word = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    private static string Amount(ulong? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
}
