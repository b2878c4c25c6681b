using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>Which run something belongs to. With the process's start time, since process ids are used again.</summary>
/// <param name="Process">The process id.</param>
/// <param name="Started">When it started, in ticks since boot, as /proc tells.</param>
internal readonly record struct RunId(int Process, long Started)
{
    /// <summary>This run.</summary>
    public static RunId Ours { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>False once the process is gone, whoever has its number now.</summary>
    public bool IsAlive => StartOf(Process) == Started;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out RunId run)
    {
        var parts = text.Split('.');
        var known = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process);
        var started = 0L;
        known &= parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out started);
        run = new RunId(process, started);
        return known;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Process}.{Started}");

    private static long? StartOf(int process) => ProcessStat.Read(process)?.Started;
}
