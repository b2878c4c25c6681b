using System.Globalization;

namespace Rheo.Agent;

/// <summary>Names of network namespaces, as <c>ip netns</c> gives them: bind mounts of nsfs, which mountinfo lists with their inode.</summary>
internal static class NetworkNamespaces
{
    private const string Own = "/proc/self/ns/net", Mounts = "/proc/self/mountinfo", Prefix = "net:[";
    private const int RootField = 3, MountPointField = 4;

    /// <summary>Inode of this process's namespace; 0 where it cannot be known.</summary>
    public static uint OwnInode() => File.ResolveLinkTarget(Own, returnFinalTarget: false) is { Name: var name } ? Inode(name) : 0;

    /// <summary>The name of a namespace; null if it has none.</summary>
    public static string? NameOf(uint inode)
    {
        foreach (var line in File.ReadLines(Mounts))
        {
            var fields = line.Split(' ');
            if (fields.Length > MountPointField && inode != 0 && Inode(fields[RootField]) == inode)
                return Path.GetFileName(fields[MountPointField]);
        }

        return null;
    }

    // net:[4026531840]
    private static uint Inode(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
            && uint.TryParse(name.AsSpan(Prefix.Length).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? inode
            : 0;
}
