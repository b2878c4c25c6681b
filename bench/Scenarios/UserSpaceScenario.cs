using System.Runtime.InteropServices;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Micro;
using Rheo.Bench.Results;

namespace Rheo.Bench.Scenarios;

/// <summary>
/// What reading costs in user space: the table in place, records of a ring. Under the JIT this program publishes itself as a native
/// binary, as Rheo is one, and lets that measure.
/// </summary>
internal sealed class UserSpaceScenario : IScenario
{
    public string Name => "userspace";

    public string What => "the flow table read in place, ring records read and delivered, in native code";

    public IReadOnlyList<Figure> Run(int rounds) => IsNative ? Measure(rounds * 3) : RunNative(rounds);

    // The runtime's own switches say "no dynamic code" of any build of a project that can be published natively.
    private static bool IsNative => !File.Exists(Path.Combine(AppContext.BaseDirectory, "rheo-bench.dll"));

    private IReadOnlyList<Figure> Measure(int rounds)
    {
        Core.Pin(0, Core.Sender);
        return
        [
            .. TableScan.Measure(Name, rounds),
            .. RingRead.Measure(Name, rounds),
            .. RingHandOver.Measure(Name, rounds),
            .. RingDelivery.Measure(Name, rounds),
        ];
    }

    private IReadOnlyList<Figure> RunNative(int rounds)
    {
        var output = Path.Combine(Repository.Root, "artifacts", "bench");
        Progress.Tell($"{Name}: publishing the native part");
        Command.Run(
            "dotnet", "publish", Path.Combine(Repository.Root, "bench"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "-o", output, "-v", "quiet", "-nologo");
        return Lines.Read(Command.Run(Path.Combine(output, "rheo-bench"), Name, "--raw", "--rounds", $"{rounds}"));
    }
}
