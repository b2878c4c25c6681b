using System.Net.Sockets;
using Rheo.Interop;

namespace Rheo.Agent;

/// <summary>
/// The path of the agent's socket, and who may stand there. What others could have put in its place is refused, by the agent
/// before it serves and by the commands before they believe: a symbolic link, a foreign owner, a folder that others may write to.
/// </summary>
internal static class SocketPath
{
    /// <summary>The folder of the default socket, where systemd gives none.</summary>
    public const string DefaultFolder = "/run/rheo";

    // sun_path of sockaddr_un holds 108 bytes; the name under which it is made is a little longer than its own.
    private const int Longest = 95;
    private const int PermissionDenied = 13; // EACCES
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where the socket is when nothing is said: in the folder that systemd made for this service, else in ours.</summary>
    public static string Default =>
        Path.Combine(Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY")?.Split(':')[0] is { Length: > 0 } given ? given : DefaultFolder, "rheo.sock");

    /// <summary>
    /// Makes sure that the folder is there, is ours, and that nothing of anybody else stands at the path. Returns whether the
    /// folder was made.
    /// </summary>
    /// <exception cref="IOException">It is not so; says what stands there and what to do.</exception>
    public static bool Prepare(string path)
    {
        if (!path.StartsWith('/') || path.Length > Longest)
            throw new IOException($"{path}: the path of a socket begins with / and has at most {Longest} characters");
        var folder = Path.GetDirectoryName(path)!;
        var isNew = Files.Look(folder) is null;
        if (isNew)
            MakeFolder(folder);
        var status = Files.Look(folder);
        if ((Refusal(folder, status) ?? Closed(folder, status!.Value)) is { } refusal)
            throw new IOException(refusal);
        if (Files.Look(path) is { } file && Refusal(path, file, Files.EffectiveUser) is { } foreign)
            throw new IOException(foreign);
        return isNew;
    }

    /// <summary>Why a user may not make a socket in a folder, and what to do; null when he may. In a folder that others may not write to its owner alone may, and root.</summary>
    internal static string? Closed(string folder, in FileStatus status, uint? user = null) =>
        (user ?? Files.EffectiveUser) is var us && (us == 0 || us == status.Owner)
            ? null
            : $"{folder} belongs to user {status.Owner}, and the agent serves as user {us}, who may not make a socket there; name a path in a folder that does not exist yet (the agent makes it), "
                + $"or give it to that user: chown {us} {folder}";

    /// <summary>Why what stands at the path is not to be trusted; null when it is. Nothing there at all is not looked at.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static string? Distrust(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (Files.Look(folder) is not { } status || Files.Look(path) is not { } file)
                return null;
            return Refusal(folder, status) ?? Refusal(path, file, status.Owner);
        }
        catch (IOException closed) when (closed.HResult == PermissionDenied)
        {
            throw new IOException($"{path} may be used by root and by the agent's own user alone; try sudo", closed);
        }
    }

    /// <summary>Whether the process that serves there may be believed: root, we ourselves, or whom root gave the folder.</summary>
    public static bool Trusts(string path, uint server) =>
        server == 0 || server == Files.EffectiveUser || (Files.Look(Path.GetDirectoryName(path)!) is { } folder && server == folder.Owner);

    /// <summary>Whether somebody answers at the path.</summary>
    public static bool Answers(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Makes the folder, for its owner alone.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void MakeFolder(string folder)
    {
        if (Files.Look(Path.GetDirectoryName(folder)!) is not { IsFolder: true })
            throw new IOException($"{folder} cannot be made: {Path.GetDirectoryName(folder)} is no folder");
        Directory.CreateDirectory(folder, OnlyOwner);
    }

    private static string? Refusal(string folder, FileStatus? found)
    {
        if (found is not { } status)
            return $"{folder} is not there";
        if (status.IsLink)
            return $"{folder} is a symbolic link, whose owner could send us anywhere; name the folder itself";
        if (!status.IsFolder)
            return $"{folder} is no folder";
        if (status.OthersMayWrite)
            return $"{folder}: others may write there (mode {Convert.ToString(status.Mode & 0xfff, 8)}) and could put a socket of theirs in its place; use a folder of your own";
        if (status.Owner == 0 || status.Owner == Files.EffectiveUser || GivenByRoot(folder))
            return null;
        return $"{folder} belongs to user {status.Owner}, neither to root nor to us (user {Files.EffectiveUser})";
    }

    // In a folder that root alone may write to, nobody else can have made this one, or handed it to its owner.
    private static bool GivenByRoot(string folder) =>
        Files.Look(Path.GetDirectoryName(folder)!) is { IsFolder: true, Owner: 0, OthersMayWrite: false };

    private static string? Refusal(string path, FileStatus file, uint owner)
    {
        if (file.IsLink)
            return $"{path} is a symbolic link, whose owner could send us anywhere; remove it, or choose another path";
        if (!file.IsSocket)
            return $"{path} is no socket; it is not ours to remove";
        return file.Owner == 0 || file.Owner == owner || file.Owner == Files.EffectiveUser
            ? null
            : $"{path} belongs to user {file.Owner}, neither to root nor to us (user {Files.EffectiveUser})";
    }
}
