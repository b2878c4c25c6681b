namespace Rheo.Bpf;

/// <summary>Finds the lines of a verifier log that tell what is wrong: the last ones, without the statistics that follow them.</summary>
internal static class VerifierLog
{
    private const int TellingLines = 2; // the failing instruction and the reason: what one needs first
    private static readonly string[] _statistics =
        ["processed ", "verification time", "stack depth", "peak_states", "-- END PROG LOAD LOG", "mark_precise", "max_states"];

    /// <summary>Joins the last telling lines into one, and counts the others.</summary>
    public static (string Telling, int Omitted) Summary(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines.Where(IsTelling).TakeLast(TellingLines).ToArray();
        return telling.Length == 0
            ? ("the kernel gave no reason", lines.Length)
            : (string.Join(" | ", telling), lines.Length - telling.Length);
    }

    private static bool IsTelling(string line) => !_statistics.Any(start => line.StartsWith(start, StringComparison.Ordinal));
}
