using System.Globalization;
using System.Runtime.InteropServices;

namespace Rheo.Measured;

/// <summary>What the figures depend on.</summary>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Cpu">The model of the CPU.</param>
/// <param name="Cpus">How many there are for us.</param>
/// <param name="Load">The load averages over 1, 5 and 15 minutes.</param>
/// <param name="Date">When this was read.</param>
public sealed record MachineFacts(string Kernel, string Cpu, int Cpus, string Load, string Date)
{
    /// <summary>Those of now.</summary>
    public static MachineFacts Read() => new(
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Model(),
        Environment.ProcessorCount,
        LoadNow(),
        DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>The load averages as they are now.</summary>
    public static string LoadNow() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Model()
    {
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
