using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>How long a thread of another process was ready to run and had no CPU: what is lost meanwhile is the machine's doing, not its own.</summary>
/// <param name="path">Its folder below /proc.</param>
internal sealed class ThreadDelay(string path)
{
    private long _before = Read(path);

    /// <summary>The thread of this name in a process or those below it.</summary>
    /// <exception cref="BenchException">There is none.</exception>
    public static ThreadDelay Of(int process, string name) => new(
        CpuTime.Tree(process).SelectMany(id => Directory.EnumerateDirectories($"/proc/{id}/task")).FirstOrDefault(task => IsNamed(task, name))
        ?? throw new BenchException($"there is no thread {name}"));

    /// <summary>Milliseconds since the last call.</summary>
    public double TakeMs()
    {
        var now = Read(path);
        var delay = (now - _before) / 1e6;
        _before = now;
        return delay;
    }

    private static bool IsNamed(string task, string name) => File.ReadAllText(Path.Combine(task, "comm")).Trim() == name;

    // "time on a CPU, time of waiting for one, turns", in nanoseconds (Documentation/scheduler/sched-stats.rst).
    private static long Read(string path) =>
        long.Parse(File.ReadAllText(Path.Combine(path, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture);
}
