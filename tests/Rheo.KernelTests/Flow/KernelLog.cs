using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Flow;

/// <summary>The kernel's log from a moment on: complaints that a test may have caused.</summary>
internal sealed class KernelLog
{
    private static readonly string[] Complaints = ["WARNING:", "BUG:", "Oops", "RIP:", "Call Trace", "general protection", "soft lockup"];

    private readonly HashSet<string> _before = [.. Lines()];

    /// <summary>Lines that were not there before and begin or belong to a kernel warning.</summary>
    public IEnumerable<string> NewComplaints() =>
        Lines().Where(line => !_before.Contains(line) && Complaints.Any(complaint => line.Contains(complaint, StringComparison.Ordinal)));

    private static string[] Lines() => Shell.Run("dmesg").Split('\n');
}
