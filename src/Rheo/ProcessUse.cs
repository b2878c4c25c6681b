using System.Globalization;
using Rheo.Interop;

namespace Rheo;

/// <summary>What a process of ours uses.</summary>
/// <param name="Role">What it is for: <c>agent</c>, <c>warden</c>, <c>core</c>.</param>
/// <param name="Id">Its process id.</param>
/// <param name="CpuSeconds">CPU time since its start, user and kernel.</param>
/// <param name="ResidentBytes">Memory that it holds now.</param>
/// <param name="StartedSeconds">When it started, in seconds since the Unix epoch.</param>
public readonly record struct ProcessUse(string Role, int Id, double CpuSeconds, long ResidentBytes, double StartedSeconds)
{
    /// <summary>USER_HZ: what /proc counts in on every architecture that we run on, whatever the kernel's own HZ.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Reads /proc; null when there is no such process, or it may not be seen.</summary>
    public static ProcessUse? Of(string role, int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The second field is the name in parentheses, which may hold anything; the state follows it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessUse(
                role, id, (Number(fields[11]) + Number(fields[12])) / TicksPerSecond, (long)Number(fields[21]) * Environment.SystemPageSize,
                BootSeconds.Value + (Number(fields[19]) / TicksPerSecond));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>CPU time of a process to the nanosecond, with that of its threads that ended; 0 when there is no such process.</summary>
    public static double CpuSecondsOf(int id) => ClockCalls.CpuNsOf(id) / 1e9;

    private static readonly Lazy<double> BootSeconds = new(static () =>
        File.ReadLines("/proc/stat").Where(line => line.StartsWith("btime ", StringComparison.Ordinal)).Select(line => Number(line[6..])).FirstOrDefault());

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
