using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>What a process and its children hold: memory and descriptors.</summary>
internal static class ProcessTree
{
    /// <summary>Resident megabytes (10^6), each process counted by itself: what both share counts twice.</summary>
    public static double ResidentMb(int process) => Sum(process, "Rss:");

    /// <summary>Megabytes (10^6) of both together: of what several share, the code of the program before all, each has its part (PSS).</summary>
    public static double TogetherMb(int process) => Sum(process, "Pss:");

    /// <summary>Open descriptors.</summary>
    public static int Descriptors(int process) => CpuTime.Tree(process).Sum(id => Directory.GetFiles($"/proc/{id}/fd").Length);

    private static double Sum(int process, string field) => CpuTime.Tree(process).Sum(id => Kb(id, field)) * 1024 / 1e6;

    private static double Kb(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
