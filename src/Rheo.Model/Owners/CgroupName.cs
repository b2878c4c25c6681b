namespace Rheo.Model.Owners;

/// <summary>What the path of a cgroup says of the processes in it: their container and their systemd unit.</summary>
/// <remarks>
/// Understood are Docker, containerd (Kubernetes, nerdctl), CRI-O and Podman, each with the cgroupfs and the systemd driver. A name that only
/// looks like one of theirs names nothing. Cost: the strings that are found.
/// </remarks>
/// <param name="Container">Id in full, 64 hexadecimal digits; empty: none.</param>
/// <param name="Unit">The innermost service or scope; empty: none.</param>
public readonly record struct CgroupName(string Container, string Unit)
{
    private const int IdLength = 64;

    /// <summary>What stands before the id, with the systemd driver or CRI-O's and Podman's own.</summary>
    private static readonly string[] Runtimes = ["docker", "cri-containerd", "containerd", "nerdctl", "crio", "libpod"];

    /// <summary>Reads a path such as <c>/system.slice/docker-0123….scope</c>.</summary>
    public static CgroupName Parse(ReadOnlySpan<char> path)
    {
        var (container, unit) = ("", "");
        foreach (var range in path.Split('/'))
        {
            var part = path[range];
            if (IdOf(part) is { IsEmpty: false } id)
                container = id.ToString();
            if (IsUnit(part))
                unit = part.ToString();
        }

        return new CgroupName(container, unit);
    }

    private static bool IsUnit(ReadOnlySpan<char> part) =>
        (part.EndsWith(".service", StringComparison.Ordinal) && part.Length > ".service".Length)
        || (part.EndsWith(".scope", StringComparison.Ordinal) && part.Length > ".scope".Length);

    // "0123…", "docker-0123….scope", "crio-0123…", "kubepods-pod7.slice:cri-containerd:0123…".
    private static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> part)
    {
        if (part.EndsWith(".scope", StringComparison.Ordinal))
            part = part[..^".scope".Length];
        if (part.Length < IdLength || !IsId(part[^IdLength..]))
            return default;
        var id = part[^IdLength..];
        var before = part[..^IdLength];
        return before.IsEmpty || IsRuntime(before) ? id : default;
    }

    private static bool IsRuntime(ReadOnlySpan<char> before)
    {
        if (before[^1] == ':')
            before = before[(before[..^1].LastIndexOf(':') + 1)..];
        foreach (var runtime in Runtimes)
        {
            if (before.Length == runtime.Length + 1 && before.StartsWith(runtime, StringComparison.Ordinal) && before[^1] is '-' or ':')
                return true;
        }

        return false;
    }

    private static bool IsId(ReadOnlySpan<char> id) => !id.ContainsAnyExcept("0123456789abcdef");
}
