namespace Rheo.KernelTests.Links;

/// <summary>A mount of tracefs, for machines that have none; gone after the test.</summary>
internal sealed class TracefsMount : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-tracefs-").FullName;

    internal TracefsMount() => Shell.Run("mount", "-t", "tracefs", "none", _folder);

    public void Dispose()
    {
        Shell.Run("umount", _folder);
        Directory.Delete(_folder);
    }
}
