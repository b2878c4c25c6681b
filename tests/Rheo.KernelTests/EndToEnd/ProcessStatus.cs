using System.Globalization;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>What /proc/PID/status says of a process's rights.</summary>
internal sealed class ProcessStatus
{
    private readonly Dictionary<string, string> _lines;

    private ProcessStatus(string text) =>
        _lines = text.Split('\n').Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Trim());

    internal static ProcessStatus Of(int process) => new(File.ReadAllText($"/proc/{process}/status"));

    /// <summary>Of each thread.</summary>
    internal static List<ProcessStatus> OfThreads(int process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task").Select(thread => new ProcessStatus(File.ReadAllText(thread + "/status")))];

    internal string this[string name] => _lines[name];

    internal ulong Capabilities(string set) => ulong.Parse(_lines[set], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal int[] Users => [.. _lines["Uid"].Split('\t').Select(int.Parse)];
}
