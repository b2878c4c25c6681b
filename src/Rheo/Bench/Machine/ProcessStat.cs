using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>What /proc/PID/stat says of a process.</summary>
/// <param name="Parent">The process id of its parent.</param>
/// <param name="Started">When it started, in ticks since boot.</param>
internal readonly record struct ProcessStat(int Parent, long Started)
{
    // Counted from the state, which follows the name (proc_pid_stat(5): fields 3, 4 and 22).
    private const int ParentAt = 1;
    private const int StartedAt = 19;

    /// <summary>Null when there is no such process.</summary>
    public static ProcessStat? Read(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // The name may hold anything, spaces and parentheses too.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessStat(
                int.Parse(fields[ParentAt], CultureInfo.InvariantCulture), long.Parse(fields[StartedAt], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
