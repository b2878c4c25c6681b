using System.Globalization;

namespace Rheo.Bench.Machine;

/// <summary>CPU time and context switches of other threads and processes.</summary>
internal static class CpuTime
{
    /// <summary>Nanoseconds that a process and its children have run: user and system, threads that have ended too. A kernel thread is a process.</summary>
    public static long OfTree(int process)
    {
        // MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED) of include/linux/posix-timers.h.
        var sum = Clock.Read((~process << 3) | 2);
        foreach (var child in Children(process))
            sum += OfTree(child);
        return sum;
    }

    /// <summary>How often the threads of a process went to sleep: each time is one wake-up.</summary>
    public static long VoluntarySwitches(int process)
    {
        var sum = 0L;
        foreach (var task in Directory.EnumerateDirectories($"/proc/{process}/task"))
            sum += SwitchesOf(Path.Combine(task, "status"));
        return sum;
    }

    private static long SwitchesOf(string status)
    {
        const string Name = "voluntary_ctxt_switches:";
        try
        {
            var line = File.ReadLines(status).First(line => line.StartsWith(Name, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(Name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // the thread has ended between the two looks
        }
    }

    private static IEnumerable<int> Children(int process)
    {
        var path = $"/proc/{process}/task/{process}/children";
        if (!File.Exists(path))
            return [];
        var ids = File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ids.Select(id => int.Parse(id, CultureInfo.InvariantCulture));
    }
}
