namespace Rheo.Bench.Machine;

/// <summary>The folder for this run's sockets and files; root's alone, and gone with the run.</summary>
internal static class Scratch
{
    private const string Parent = "/run";
    private const string Prefix = "rheo-bench-";
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The path of a file in it; the folder is made when it is first asked for.</summary>
    public static string PathOf(string name)
    {
        var folder = Path.Combine(Parent, Prefix + RunId.Ours);
        if (OperatingSystem.IsLinux())
            Directory.CreateDirectory(folder, OwnersOnly);
        return Path.Combine(folder, name);
    }

    /// <summary>The folders of all runs that have left one.</summary>
    public static IEnumerable<(string Path, RunId Run)> All()
    {
        foreach (var path in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            if (RunId.TryParse(Path.GetFileName(path)[Prefix.Length..], out var run))
                yield return (path, run);
        }
    }
}
