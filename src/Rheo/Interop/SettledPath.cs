namespace Rheo.Interop;

/// <summary>Where a path with symbolic links leads, as long as root and we alone decide that.</summary>
internal static class SettledPath
{
    private const int MostLinks = 16;

    /// <summary>Follows all links of an absolute path.</summary>
    /// <returns>The path of the same without any.</returns>
    /// <exception cref="IOException">Somebody else could lead it elsewhere, or it leads nowhere; says where.</exception>
    public static string Follow(string path)
    {
        var (at, links) = ("/", 0);
        var left = new Stack<string>();
        Push(left, path);
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            CheckFolder(at);
            var next = Path.Combine(at, part);
            if (Target(next) is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException($"{next} leads from link to link");
            at = target.StartsWith('/') ? "/" : at;
            Push(left, target);
        }

        return at;
    }

    /// <summary>Throws if this is neither root's nor ours.</summary>
    /// <param name="path">For the message.</param>
    /// <param name="status">What stands there.</param>
    public static void CheckOwner(string path, FileStatus status)
    {
        if (status.Owner != 0 && status.Owner != Files.EffectiveUser)
            throw new IOException($"{path} belongs to user {status.Owner}");
    }

    // The first part of it comes first.
    private static void Push(Stack<string> left, string path)
    {
        foreach (var part in path.Split('/').Reverse().Where(part => part is not ("" or ".")))
            left.Push(part);
    }

    // Where a link leads that nobody else can have made; null: this is none.
    private static string? Target(string path)
    {
        var status = Files.Look(path) ?? throw new IOException($"{path} is not there");
        if (!status.IsLink)
            return null;
        CheckOwner(path, status);
        return new FileInfo(path).LinkTarget ?? throw new IOException($"{path} is not there");
    }

    private static void CheckFolder(string folder)
    {
        var status = Files.Look(folder) ?? throw new IOException($"{folder} is not there");
        CheckOwner(folder, status);
        if (status.OthersMayWrite && (status.Mode & FileStatus.Sticky) == 0)
            throw new IOException($"others may write in {folder}");
    }
}
