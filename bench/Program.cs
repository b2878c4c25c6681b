using System.Runtime.InteropServices;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Results;
using Rheo.Bench.Scenarios;
using Rheo.Bench.Traffic;
using Rheo.Bpf;

namespace Rheo.Bench;

/// <summary>Runs scenarios and writes down what they measured. Exit codes: 0, 1 a scenario failed, 2 usage, 3 missing rights.</summary>
internal static class Program
{
    private static readonly IScenario[] All =
    [
        new KernelScenario(),
        new HandshakeScenario(),
        new CostScenario(),
        new UserSpaceScenario(),
        new StreamScenario(),
        new HttpScenario(),
        new ConnectionsScenario(),
        new SocketsScenario(),
        new NamespacesScenario(),
        new StartScenario(),
        new IdleScenario(),
        new TopScenario(),
        new CardinalityScenario(),
        new ChurnScenario(),
        new SoakScenario(),
        new CorpusScenario(),
    ];

    public static int Main(string[] words)
    {
        try
        {
            var options = Options.Parse(words);
            var chosen = Choose(options.Scenarios);
            if (!Environment.IsPrivilegedProcess)
                return Fail(3, "the benchmarks need root: sudo ./dev bench");
            return Run(chosen, options);
        }
        catch (BenchException wrong)
        {
            return Fail(2, $"{wrong.Message}\n{Usage()}");
        }
    }

    private static IScenario[] Choose(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return [.. All.Where(scenario => scenario.IsUsual)];
        return [.. names.Select(Find)];
    }

    private static IScenario Find(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name) ?? throw new BenchException($"there is no scenario {name}");

    private static int Run(IEnumerable<IScenario> scenarios, Options options)
    {
        // Programs that we have started end with us by themselves; namespaces do not.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Leftovers.RemoveOurs());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Leftovers.RemoveOurs());
        var failed = 0;
        foreach (var scenario in scenarios)
            failed += TryRun(scenario, options) ? 0 : 1;
        Leftovers.RemoveOurs();
        return failed == 0 ? 0 : 1;
    }

    // A scenario that cannot run here must not take the figures of the others with it.
    private static bool TryRun(IScenario scenario, Options options)
    {
        Progress.Begin($"{scenario.Name}: {scenario.What}");
        var begin = Clock.NowNs;
        try
        {
            var figures = scenario.Run(options.Rounds);
            Console.Write(options.Raw ? Lines.Write(figures) : Table.Write(figures));
            if (!options.Raw)
                ResultsFile.Replace(scenario.Name, figures);
            Progress.Tell($"{scenario.Name}: {(Clock.NowNs - begin) / 1e9:F0} s");
            return true;
        }
        catch (Exception failure) when (failure is BenchException or BpfException or IOException)
        {
            Progress.Tell($"{scenario.Name} failed: {failure.Message}");
            return false;
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"rheo-bench: {message}");
        return code;
    }

    private static string Usage() =>
        $"""
        Usage: ./dev bench [SCENARIO...] [--rounds N]

        {string.Join('\n', All.Select(scenario => $"  {scenario.Name,-10} {scenario.What}"))}

        Results go to bench/RESULTS.md and bench/results.json; a scenario that runs alone replaces its own figures only.
        """;
}
