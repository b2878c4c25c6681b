namespace Rheo.Tests.Agent;

/// <summary>A folder of a test's own; gone after it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rheo-test-").FullName;

    /// <summary>The path of a socket in it.</summary>
    public string Socket => System.IO.Path.Combine(Path, "rheo.sock");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
