using System.Globalization;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The CPUs that this machine can have, on line or not: how many values a per-CPU element has.</summary>
/// <remarks>Not <see cref="Environment.ProcessorCount"/>, which counts what this process may use.</remarks>
public static class PossibleCpus
{
    private const string List = "/sys/devices/system/cpu/possible";

    private static readonly Lazy<int> _count = new(Read);
    private static readonly Lazy<int> _numbers = new(ReadNumbers);

    /// <summary>How many there are; it never changes while the machine runs.</summary>
    /// <exception cref="BpfException">/sys/devices/system/cpu/possible cannot be read.</exception>
    public static int Count => _count.Value;

    /// <summary>One more than the highest number that a CPU can have: where an entry a CPU is found by its number. Where numbers are left out it is more than <see cref="Count"/>.</summary>
    /// <exception cref="BpfException">/sys/devices/system/cpu/possible cannot be read.</exception>
    public static int Numbers => _numbers.Value;

    /// <summary>The highest number of a list as the kernel writes it (<c>0,2-3</c>), and one more; 0 where there is none.</summary>
    internal static int NumbersOf(ReadOnlySpan<char> list)
    {
        var last = list.Trim();
        last = last[(last.LastIndexOfAny(',', '-') + 1)..];
        return int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var highest) ? highest + 1 : 0;
    }

    private static int ReadNumbers()
    {
        try
        {
            return Math.Max(Count, NumbersOf(File.ReadAllText(List)));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return Count;
        }
    }

    private static int Read()
    {
        using var log = LibbpfLog.Collect();
        var count = Libbpf.libbpf_num_possible_cpus();
        return count > 0 ? count : throw new BpfException("count", "possible CPUs", -count, log.Messages);
    }
}
