using Microsoft.Win32.SafeHandles;
using Rheo.Interop;

namespace Rheo.Agent;

/// <summary>
/// Secrets, which belong to root and to nobody else, and the certificate, which may: the core gets them open. What is wrong with one, it says
/// when it reads it. A symbolic link is followed where root and we alone could have made it lead where it does: what renews certificates
/// likes links, in a folder that is closed to the core. Threads: one.
/// </summary>
internal sealed class LentFiles : IDisposable
{
    private readonly Dictionary<string, SafeFileHandle> _files = [];

    /// <summary>Opens those that are named.</summary>
    /// <param name="say">Is told which link is not followed here, and why: the core then opens it with its own rights, if it does.</param>
    /// <param name="paths">Their paths.</param>
    internal LentFiles(Action<string> say, params ReadOnlySpan<string?> paths)
    {
        foreach (var path in paths)
        {
            if (path is not null)
                Open(path, say);
        }
    }

    /// <summary>Their paths, in the order of <see cref="Descriptors"/>.</summary>
    internal string[] Paths => [.. _files.Keys];

    /// <summary>They stay this object's own.</summary>
    internal int[] Descriptors => [.. _files.Values.Select(file => (int)file.DangerousGetHandle())];

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private void Open(string path, Action<string> say)
    {
        try
        {
            if (Files.Look(path) is { IsLink: true })
                OpenLink(path, say);
            else
                _files[path] = Files.OpenWithoutFollowing(path);
        }
        catch (IOException)
        {
        }
    }

    private void OpenLink(string path, Action<string> say)
    {
        SafeFileHandle? file = null;
        try
        {
            file = Files.OpenWithoutFollowing(SettledPath.Follow(Path.GetFullPath(path)));
            SettledPath.CheckOwner(path, Files.Status(file));
            _files[path] = file;
        }
        catch (IOException refused)
        {
            file?.Dispose();
            say($"{path} is a symbolic link, and is not followed with our rights: {refused.Message}; name the file itself");
        }
    }
}
