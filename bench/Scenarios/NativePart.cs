using System.Runtime.InteropServices;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Results;

namespace Rheo.Bench.Scenarios;

/// <summary>This program once more, as a native binary as Rheo is one: what the JIT would distort is measured there.</summary>
internal static class NativePart
{
    /// <summary>We are it.</summary>
    // The runtime's own switches say "no dynamic code" of any build of a project that can be published natively.
    public static bool IsHere => !File.Exists(Path.Combine(AppContext.BaseDirectory, "rheo-bench.dll"));

    /// <summary>Publishes it, and lets it run a scenario.</summary>
    public static IReadOnlyList<Figure> Run(string scenario, int rounds)
    {
        var output = Path.Combine(Repository.Root, "artifacts", "bench");
        Progress.Tell($"{scenario}: publishing the native part");
        Command.Run(
            "dotnet", "publish", Path.Combine(Repository.Root, "bench"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "-o", output, "-v", "quiet", "-nologo");
        return Lines.Read(Command.Run(Path.Combine(output, "rheo-bench"), scenario, "--raw", "--rounds", $"{rounds}"));
    }
}
