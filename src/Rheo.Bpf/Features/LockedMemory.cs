using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// Below Linux 5.11 maps and programs of all of a user's processes count together against RLIMIT_MEMLOCK, which is 64 KiB on many systems:
/// beside an agent that runs, the smallest of ours would be refused. libbpf raises the limit before it loads anything; what does not go
/// through libbpf does it here.
/// </summary>
internal static class LockedMemory
{
    private const int Limit = 8; // RLIMIT_MEMLOCK
    private static readonly Lazy<bool> s_raised = new(static () =>
    {
        ReadOnlySpan<ulong> unlimited = [ulong.MaxValue, ulong.MaxValue];
        return Libc.setrlimit(Limit, unlimited) == 0;
    });

    /// <summary>Raises this process's limit, once. Without CAP_SYS_RESOURCE it stays what it is, and the kernel says so.</summary>
    internal static void Raise()
    {
        if (Environment.OSVersion.Version < new Version(5, 11))
            _ = s_raised.Value;
    }
}
