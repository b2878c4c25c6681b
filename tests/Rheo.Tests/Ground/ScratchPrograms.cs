namespace Rheo.Tests.Ground;

/// <summary>A folder of shell scripts that stand in for programs, for a PATH; it goes when it is disposed of.</summary>
internal sealed class ScratchPrograms : IDisposable
{
    /// <summary>Where they are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("rheo-t-programs-").FullName;

    /// <summary>Adds one.</summary>
    public void Add(string name, string script)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
