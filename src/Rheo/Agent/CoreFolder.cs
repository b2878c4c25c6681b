using Microsoft.Win32.SafeHandles;
using Rheo.Interop;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>
/// The folder of the agent's socket, which the core, who serves, may not make where it belongs: the warden makes it and gives it
/// to the core, and takes it away in the end. Nothing that is there already changes hands, but a folder of root's own that is empty. The usual folder is ours
/// also where an agent that was killed has left it, as this user or another; the package's is not.
/// </summary>
/// <remarks>Each warden holds a shared lock on the folder, and who takes it away needs the whole: none goes from under an agent that begins.</remarks>
internal sealed class CoreFolder : IDisposable
{
    private const int MostTries = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string? _made;
    private readonly SafeFileHandle? _held;

    private CoreFolder(string? made, SafeFileHandle? held = null) => (_made, _held) = (made, held);

    /// <summary>The folder, when it is ours to take away.</summary>
    public string? Made => _made;

    /// <summary>Makes the folder where it is wanted and missing. What is wrong with it otherwise, the core finds and says.</summary>
    /// <param name="socket">The socket's path, or a word for it.</param>
    /// <param name="core">Who gets it.</param>
    /// <param name="before">What the version before had made.</param>
    public static CoreFolder Make(string socket, CoreUser core, string? before = null)
    {
        if (before is not null && Directory.Exists(before))
            return new CoreFolder(before, TryHold(before));
        if (socket == "none" || core == CoreUser.Own)
            return new CoreFolder(null);
        var folder = Path.GetDirectoryName(socket == "auto" ? SocketPath.Default : socket)!;
        try
        {
            return Make(folder, isUsual: socket == "auto", core);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new CoreFolder(null);
        }
    }

    private static CoreFolder Make(string folder, bool isUsual, CoreUser core)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (Files.Look(folder) is { } found && !(isUsual && IsLeft(folder, in found, core)))
            {
                if (found is { IsFolder: true, Owner: 0, OthersMayWrite: false } && isUsual && !Directory.EnumerateFileSystemEntries(folder).Any())
                    Files.Give(folder, core.Uid, core.Gid);
                return new CoreFolder(null);
            }

            SocketPath.MakeFolder(folder);
            Files.Give(folder, core.Uid, core.Gid);
            if (TryHold(folder) is { } held)
                return new CoreFolder(folder, held);
            Thread.Sleep(Pause); // another warden takes it away at this moment
        }

        return new CoreFolder(null);
    }

    // Only root can have given it away there: the package, whose service cannot make it anew, or an agent.
    private static bool IsLeft(string folder, in FileStatus found, CoreUser core) =>
        folder == SocketPath.DefaultFolder && found is { IsFolder: true, OthersMayWrite: false, Owner: not 0 } && found.Owner != CoreUser.Packaged?.Uid
        && (found.Owner == core.Uid || IsAbandoned(folder));

    private static bool IsAbandoned(string folder)
    {
        using var held = TryHold(folder, alone: true);
        return held is not null && !Directory.EnumerateFileSystemEntries(folder).Any();
    }

    // Null when it is not, or not any more, what stands at the path.
    private static SafeFileHandle? TryHold(string folder, bool alone = false)
    {
        try
        {
            var held = Files.OpenWithoutFollowing(folder);
            if (Files.TryLock(held, alone) && Files.Look(folder)?.Inode == Files.Status(held).Inode)
                return held;
            held.Dispose();
        }
        catch (IOException)
        {
        }

        return null;
    }

    /// <summary>Takes the folder away when it is empty and nobody else uses it: we have no right any more to look into it.</summary>
    public void Dispose()
    {
        using var held = _held;
        if (_made is null || (held is not null && !Files.TryLock(held, alone: true)))
            return;
        try
        {
            Directory.Delete(_made);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody put something there, or it went; it is not ours any more.
        }
    }
}
