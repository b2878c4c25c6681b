using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>CPU time and context switches of other threads and processes.</summary>
internal static class CpuTime
{
    /// <summary>Nanoseconds that a process has run: user and system, threads that have ended too. A kernel thread is a process.</summary>
    // MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED) of include/linux/posix-timers.h.
    public static long Of(int process) => Clock.Read((~process << 3) | 2);

    /// <summary>The same of a process and all below it: the agent is more than one.</summary>
    public static long OfTree(int process) => Tree(process).Sum(Of);

    /// <summary>How often the threads of a process and of all below it went to sleep: each time is one wake-up.</summary>
    public static long VoluntarySwitches(int process) => Tree(process).Sum(SwitchesOf);

    /// <summary>A process and all below it, now.</summary>
    // Over all of /proc: the list of a thread's children is not in every kernel (CONFIG_PROC_CHILDREN), and is one thread's only.
    public static IReadOnlyList<int> Tree(int process)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0)
            .ToLookup(id => ProcessStat.Read(id)?.Parent ?? 0);
        List<int> tree = [process];
        for (var at = 0; at < tree.Count; at++)
            tree.AddRange(children[tree[at]]);
        return tree;
    }

    private static long SwitchesOf(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task").Sum(task => SwitchesIn(Path.Combine(task, "status")));
        }
        catch (IOException)
        {
            return 0; // the process has ended between the two looks
        }
    }

    private static long SwitchesIn(string status)
    {
        const string Name = "voluntary_ctxt_switches:";
        try
        {
            var line = File.ReadLines(status).First(line => line.StartsWith(Name, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(Name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // and so may a thread
        }
    }
}
