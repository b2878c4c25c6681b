using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>Lists of CPUs as the kernel writes them: <c>0-3,8</c>.</summary>
internal static class CpuList
{
    public static bool Contains(string list, int cpu) => list.Split(',', StringSplitOptions.RemoveEmptyEntries).Any(part => Covers(part, cpu));

    private static bool Covers(string part, int cpu)
    {
        var ends = part.Split('-');
        return cpu >= int.Parse(ends[0], CultureInfo.InvariantCulture) && cpu <= int.Parse(ends[^1], CultureInfo.InvariantCulture);
    }
}
