using System.Runtime.InteropServices;

namespace Rheo.Bench.Results;

/// <summary>What the figures depend on.</summary>
internal sealed record MachineFacts(string Kernel, string Cpu, int Cpus, string Load, string Date)
{
    public static MachineFacts Read() => new(
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Model(),
        Environment.ProcessorCount,
        string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]),
        DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture));

    private static string Model()
    {
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
