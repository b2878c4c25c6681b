namespace Rheo.Bpf;

/// <summary>Where tracefs is mounted.</summary>
internal static class TraceFolder
{
    private const string Mounts = "/proc/self/mounts";
    private static readonly string[] s_usual = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    /// <summary>The folder, or null when it is mounted nowhere or may not be read.</summary>
    internal static string? Find() => Mounted().Concat(s_usual).FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "events")));

    private static IEnumerable<string> Mounted()
    {
        if (!File.Exists(Mounts))
            return [];
        return File.ReadLines(Mounts)
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 2 && fields[2] == "tracefs")
            .Select(fields => fields[1]);
    }
}
