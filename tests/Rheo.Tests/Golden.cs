using System.Runtime.CompilerServices;
using Xunit;

namespace Rheo.Tests;

/// <summary>Compares text with a file beside the test that a person can read in a diff. RHEO_ACCEPT=1 writes the file anew.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "golden", name);
        if (Environment.GetEnvironmentVariable("RHEO_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing; RHEO_ACCEPT=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
