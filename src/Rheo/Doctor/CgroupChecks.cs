namespace Rheo.Doctor;

/// <summary>Where cgroup2 is mounted, as /proc/mounts has it: beside version 1 it may be anywhere.</summary>
internal static class CgroupChecks
{
    internal static IEnumerable<Finding> All() => [Of(Mounts())];

    /// <summary>Judges a mount table.</summary>
    internal static Finding Of(IEnumerable<string> mounts)
    {
        var all = mounts.Select(line => line.Split(' ')).Where(fields => fields.Length > 2).ToList();
        var second = all.FirstOrDefault(fields => fields[2] == "cgroup2")?[1];
        var first = all.Count(fields => fields[2] == "cgroup");
        if (second is null)
        {
            return Finding.Warn(FindingArea.Support, "cgroup2", "cgroup2 is not mounted; this version counts without it, hooks on sockets will need it",
                "mount -t cgroup2 none /sys/fs/cgroup/unified");
        }

        return Finding.Ok(FindingArea.Support, "cgroup2", $"cgroup2 at {Text.Printable(second)}" + (first > 0 ? $", beside {first} hierarchies of version 1" : ""));
    }

    private static string[] Mounts()
    {
        try
        {
            return File.ReadAllLines("/proc/mounts");
        }
        catch (IOException)
        {
            return [];
        }
    }
}
