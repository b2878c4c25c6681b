using Rheo.Bpf;

namespace Rheo.Doctor;

/// <summary>Where cgroup2 is mounted, as /proc/mounts has it: beside version 1 it may be anywhere.</summary>
internal static class CgroupChecks
{
    internal static IEnumerable<Finding> All()
    {
        using var root = CgroupRoot.Open();
        return [Of(Mounts(), root is not null)];
    }

    /// <summary>Judges a mount table.</summary>
    /// <param name="mounts">The lines of /proc/mounts.</param>
    /// <param name="isReached">The root can be reached where no mount shows it, too.</param>
    internal static Finding Of(IEnumerable<string> mounts, bool isReached)
    {
        var all = mounts.Select(line => line.Split(' ')).Where(fields => fields.Length > 2).ToList();
        var second = all.FirstOrDefault(fields => fields[2] == "cgroup2")?[1];
        var first = all.Count(fields => fields[2] == "cgroup");
        if (second is null && isReached)
            return Finding.Ok(FindingArea.Support, "cgroup2", "cgroup2 is mounted nowhere here (as inside ip netns exec); it is reached without a mount");
        if (second is null)
        {
            return Finding.Warn(FindingArea.Support, "cgroup2", "cgroup2 is not mounted: whose a socket is shows 2 s late, and of connections shorter than that never",
                "mount -t cgroup2 none /sys/fs/cgroup/unified");
        }

        return Finding.Ok(FindingArea.Support, "cgroup2", $"cgroup2 at {Text.Printable(second)}" + (first > 0 ? $", beside {first} hierarchies of version 1: containers and units are named by memory's and pids', if by no other; units that only systemd's own hierarchy knows are not seen" : ""));
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
