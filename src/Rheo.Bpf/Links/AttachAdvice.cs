using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;

namespace Rheo.Bpf;

/// <summary>What to say when an attachment was refused. Looked for only after the failure: the kernel's own answer comes first.</summary>
internal static class AttachAdvice
{
    /// <summary>Advice that follows from the errno and the rights the hook needs; null when neither explains it.</summary>
    internal static string? For(int errno, params ReadOnlySpan<Capability> needed)
    {
        if (errno is not (Errno.EPERM or Errno.EACCES))
            return ErrorAdvice.For(errno);
        var missing = Capabilities.Missing(needed);
        return missing.Count > 0
            ? $"needs {string.Join(" and ", missing)}, which this process lacks: run as root or grant them (setcap, AmbientCapabilities)"
            : ErrorAdvice.For(errno);
    }

    /// <summary>"no such interface", when that is so; else null.</summary>
    internal static string? NoSuchDevice(int ifindex) =>
        TryFind(ifindex, out var device) && device is null ? "no such interface in this network namespace" : null;

    /// <summary>The name of an interface for messages; "ifindex N" when it has none.</summary>
    internal static string DeviceName(int ifindex) =>
        TryFind(ifindex, out var device) && device is not null ? device.Name : $"ifindex {ifindex}";

    /// <summary>"needs Linux V (what)", when the probe says that the kernel has not got it; else null.</summary>
    internal static string? Kernel(Support support, string version, string what) =>
        support == Support.No ? $"needs Linux {version} ({what})" : null;

    private static bool TryFind(int ifindex, out NetworkDevice? device)
    {
        device = null;
        try
        {
            device = NetworkDevices.Find(ifindex);
            return true;
        }
        catch (BpfException)
        {
            return false;
        }
    }
}
