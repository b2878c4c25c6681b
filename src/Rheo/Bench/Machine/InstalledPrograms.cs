namespace Rheo.Bench.Machine;

/// <summary>Which programs are installed.</summary>
internal static class InstalledPrograms
{
    // Debian has daemons and tools of the network where an ordinary user's PATH does not lead.
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin"];

    public static bool Has(string program) => Folders.Any(folder => File.Exists(Path.Combine(folder, program)));
}
