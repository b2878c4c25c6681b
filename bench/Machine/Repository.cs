namespace Rheo.Bench.Machine;

/// <summary>Where the sources are: the folder above that holds Rheo.slnx.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Rheo.slnx")))
                    return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
