using Microsoft.Win32.SafeHandles;
using Rheo.Interop;

namespace Rheo.Agent;

/// <summary>
/// Secrets, which belong to root and to nobody else, and the certificate, which may: the core gets them open. What is wrong with one, it says
/// when it reads it. Threads: one.
/// </summary>
internal sealed class LentFiles : IDisposable
{
    private readonly Dictionary<string, SafeFileHandle> _files = [];

    /// <summary>Opens those that are named.</summary>
    internal LentFiles(params ReadOnlySpan<string?> paths)
    {
        foreach (var path in paths)
            Open(path);
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

    private void Open(string? path)
    {
        try
        {
            if (path is not null)
                _files[path] = Files.OpenWithoutFollowing(path);
        }
        catch (IOException)
        {
        }
    }
}
