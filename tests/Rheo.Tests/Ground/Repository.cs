using System.Diagnostics;

namespace Rheo.Tests.Ground;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution, found upwards from the test program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files that git tracks or would track, as paths relative to <see cref="Root"/>.</summary>
    public static string[] Files(params string[] patterns) =>
        Run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", .. patterns]).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => File.Exists(Path.Combine(Root, path)))
            .ToArray();

    /// <summary>Runs a program in <see cref="Root"/> without a terminal and returns what it printed.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rheo.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the source tree only.");
        return folder.FullName;
    }
}
