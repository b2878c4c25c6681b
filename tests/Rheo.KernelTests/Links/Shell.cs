using System.Diagnostics;

namespace Rheo.KernelTests.Links;

/// <summary>Runs the programs that a test sets its scene with.</summary>
internal static class Shell
{
    /// <summary>Runs a program and returns what it printed; throws with its complaint when it fails.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Result.Trim()}");
    }
}
