using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>What a process and its children hold: memory and descriptors.</summary>
internal static class ProcessTree
{
    /// <summary>Resident megabytes (10^6), each process counted by itself: what both share counts twice.</summary>
    public static double ResidentMb(int process) => All(process).Sum(ResidentKb) * 1024 / 1e6;

    /// <summary>Open descriptors.</summary>
    public static int Descriptors(int process) => All(process).Sum(id => Directory.GetFiles($"/proc/{id}/fd").Length);

    private static IEnumerable<int> All(int process)
    {
        var children = File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return children.SelectMany(child => All(int.Parse(child, CultureInfo.InvariantCulture))).Prepend(process);
    }

    private static double ResidentKb(int process)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
