using System.Reflection;

namespace Rheo;

/// <summary>Which Rheo this is; written into the assembly by the build.</summary>
public static class Release
{
    /// <summary>The version: <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The day of the version: <c>2026-11-22</c>. Not of the build, so that the same sources give the same files.</summary>
    public static string Date { get; } =
        Metadata("ReleaseDate");

    /// <summary>A digest of the records that cross from the kernel: two builds with the same one can read the same tables.</summary>
    public static string RecordsLayout { get; } = Metadata("RecordsLayout");

    private static string Metadata(string key) =>
        typeof(Release).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
