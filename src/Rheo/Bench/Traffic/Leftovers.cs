using System.Globalization;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;

namespace Rheo.Bench.Traffic;

/// <summary>
/// What a run that was killed could not take away: namespaces (devices go with them), programs inside that no longer end with us since
/// they have changed their user, and files.
/// </summary>
internal static class Leftovers
{
    /// <summary>Removes what runs that were killed have left.</summary>
    public static void RemoveStale() => Remove(run => !run.IsAlive);

    /// <summary>Removes our own, when we are asked to end in the middle.</summary>
    public static void RemoveOurs() => Remove(run => run == RunId.Ours);

    private static void Remove(Func<RunId, bool> isToGo)
    {
        foreach (var (name, run) in NetworkNamespace.All().ToArray())
        {
            if (isToGo(run))
                Remove(name);
        }

        foreach (var (path, run) in Scratch.All().ToArray())
        {
            if (isToGo(run))
                Directory.Delete(path, recursive: true);
        }
    }

    private static void Remove(string space)
    {
        foreach (var process in Inside(space))
            _ = Libc.kill(process, Libc.SIGKILL);
        try
        {
            Command.Run("ip", "netns", "delete", space);
        }
        catch (BenchException) when (!NetworkNamespace.All().Any(left => left.Name == space))
        {
            // Who had made it was quicker.
        }
    }

    // Of a run that had mounts of its own only the name is left, and nobody can be inside.
    private static IEnumerable<int> Inside(string space)
    {
        try
        {
            return Command.Run("ip", "netns", "pids", space).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => int.Parse(word, CultureInfo.InvariantCulture))
                .Where(process => process != Environment.ProcessId);
        }
        catch (BenchException)
        {
            return [];
        }
    }
}
