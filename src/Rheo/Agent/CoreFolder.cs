using Rheo.Interop;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>
/// The folder of the agent's socket, which the core, who serves, may not make where it belongs: the warden makes it and gives it
/// to the core, and takes it away in the end. Nothing that is there already changes hands, but a folder of root's own that is empty.
/// </summary>
internal sealed class CoreFolder : IDisposable
{
    private readonly string? _made;

    private CoreFolder(string? made) => _made = made;

    /// <summary>The folder, when we made it.</summary>
    public string? Made => _made;

    /// <summary>Makes the folder where it is wanted and missing. What is wrong with it otherwise, the core finds and says.</summary>
    /// <param name="socket">The socket's path, or a word for it.</param>
    /// <param name="core">Who gets it.</param>
    /// <param name="before">What the version before had made.</param>
    public static CoreFolder Make(string socket, CoreUser core, string? before = null)
    {
        if (before is not null && Directory.Exists(before))
            return new CoreFolder(before);
        if (socket == "none" || core == CoreUser.Own)
            return new CoreFolder(null);
        var folder = Path.GetDirectoryName(socket == "auto" ? SocketPath.Default : socket)!;
        try
        {
            if (Files.Look(folder) is { } found)
            {
                if (found is { IsFolder: true, Owner: 0, OthersMayWrite: false } && socket == "auto" && !Directory.EnumerateFileSystemEntries(folder).Any())
                    Files.Give(folder, core.Uid, core.Gid);
                return new CoreFolder(null);
            }

            SocketPath.MakeFolder(folder);
            Files.Give(folder, core.Uid, core.Gid);
            return new CoreFolder(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new CoreFolder(null);
        }
    }

    /// <summary>Takes the folder away when it is empty: we have no right any more to look into it. What a killed core left, the next one replaces.</summary>
    public void Dispose()
    {
        if (_made is null)
            return;
        try
        {
            Directory.Delete(_made);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody put something there; it is his.
        }
    }
}
