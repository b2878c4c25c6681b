using Rheo.Bench.Observers;

namespace Rheo.Bench.Machine;

/// <summary>The binary that `./dev build` leaves; RHEO_BINARY names another one.</summary>
internal static class NativeBinary
{
    private static readonly string File =
        Environment.GetEnvironmentVariable("RHEO_BINARY") ?? System.IO.Path.Combine(Repository.Root, "artifacts", "rheo");

    /// <exception cref="BenchException">It is not there.</exception>
    public static string Path => System.IO.File.Exists(File) ? File : throw new BenchException($"{File} is missing: ./dev build");

    /// <inheritdoc cref="Path"/>
    public static RheoProgram Rheo => new(Path);
}
