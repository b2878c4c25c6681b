using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>What a process and its children hold: memory and descriptors.</summary>
internal static class ProcessTree
{
    /// <summary>Resident megabytes (10^6), each process counted by itself: what both share counts twice.</summary>
    public static double ResidentMb(int process) => CpuTime.Tree(process).Sum(ResidentKb) * 1024 / 1e6;

    /// <summary>Open descriptors.</summary>
    public static int Descriptors(int process) => CpuTime.Tree(process).Sum(id => Directory.GetFiles($"/proc/{id}/fd").Length);

    private static double ResidentKb(int process)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
