using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// The root folder of cgroup v2, to attach programs to. Where no mount shows it, as inside <c>ip netns exec</c>, which mounts a /sys of
/// its own, it is reached by a mount that is at no place and that nobody else sees.
/// </summary>
/// <remarks><b>Kernel</b>: without a mount 5.2 and CAP_SYS_ADMIN. Links stay when this is disposed of.</remarks>
public sealed class CgroupRoot : IDisposable
{
    private readonly DescriptorHandle? _mount;

    private CgroupRoot(string folder, DescriptorHandle? mount = null) => (Folder, _mount) = (folder, mount);

    /// <summary>The folder; good until this is disposed of.</summary>
    public string Folder { get; }

    /// <summary>Opens it; null where it is not mounted and cannot be reached either.</summary>
    public static CgroupRoot? Open() => CgroupLink.FindRoot() is { } mounted ? new CgroupRoot(mounted) : Reach();

    /// <inheritdoc/>
    public void Dispose() => _mount?.Dispose();

    /// <summary>Reaches it without any mount.</summary>
    internal static CgroupRoot? Reach()
    {
        using var context = new DescriptorHandle(MountCalls.Begin("cgroup2"));
        if (context.IsInvalid || MountCalls.Create(context) < 0)
            return null;
        var mount = new DescriptorHandle(MountCalls.Mount(context));
        if (!mount.IsInvalid)
            return new CgroupRoot($"/proc/self/fd/{mount.Descriptor}", mount);
        mount.Dispose();
        return null;
    }
}
