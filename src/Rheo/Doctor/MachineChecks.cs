namespace Rheo.Doctor;

/// <summary>All checks of the machine, in the order in which they are told.</summary>
public static class MachineChecks
{
    /// <summary>Looks. Nothing is changed and nothing is left behind.</summary>
    public static IEnumerable<Finding> All() => [.. KernelChecks.All(), .. HookChecks.All(), .. RightsChecks.All(), .. CgroupChecks.All(), .. ProcessChecks.All(), .. LimitChecks.All()];

    /// <summary>The first line of a small file of /proc or /sys; null when it cannot be read.</summary>
    internal static string? FirstLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault()?.Trim();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
