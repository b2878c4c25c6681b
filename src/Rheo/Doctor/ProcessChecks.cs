namespace Rheo.Doctor;

/// <summary>Whether the processes of the whole machine can be seen, whose sockets these are.</summary>
internal static class ProcessChecks
{
    /// <summary>Inode of the first process-id namespace (PROC_PID_INIT_INO, include/linux/proc_ns.h).</summary>
    private const string First = "pid:[4026531836]";

    internal static IEnumerable<Finding> All() => [Of(Own())];

    /// <summary>Judges a link such as <c>pid:[4026531836]</c>; null: it cannot be read.</summary>
    internal static Finding Of(string? link) => link switch
    {
        First => Finding.Ok(FindingArea.Support, "processes", "all processes of the machine are seen: sockets older than Rheo find their owners"),
        null => Finding.Warn(FindingArea.Support, "processes", "/proc/self/ns/pid cannot be read, so it is not known whether all processes are seen", "mount /proc"),
        _ => Finding.Warn(
            FindingArea.Support, "processes",
            "this is not the first process-id namespace: of processes outside it, sockets older than Rheo and descriptors passed on stay unknown",
            "run Rheo in the host's process-id namespace (hostPID: true, --pid=host)"),
    };

    private static string? Own()
    {
        try
        {
            return File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
