using System.Globalization;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>The long run of the corpus test: ten million damaged packets through the flow program. The test is the judge.</summary>
internal sealed class CorpusScenario : IScenario
{
    private const long Mutants = 10_000_000;
    private const string Test = "EveryMutantIsLetOnAndCountedOnce";

    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    public string Name => "corpus";

    public string What => "ten million damaged packets through the flow program: no wrong verdict, all counted, no kernel warning";

    public bool IsUsual => false;

    public IReadOnlyList<Figure> Run(int rounds)
    {
        var seed = Random.Shared.Next(1, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var project = Path.Combine(Repository.Root, "tests", "Rheo.KernelTests");
        Progress.Tell($"{Name}: building the test");
        Command.Run("dotnet", "build", project, "-c", "Release", "-v", "quiet", "-nologo");
        Progress.Tell($"{Name}: {Mutants:N0} mutants of seed {seed}");
        Command.Run(
            Limit,
            "env", $"RHEO_MUTANTS={Mutants}", $"RHEO_SEED={seed}",
            Path.Combine(project, "bin", "Release", "net10.0", "Rheo.KernelTests"),
            "--filter-method", $"*{Test}", "--no-ansi", "--progress", "off");
        var all = Spread.Of([Mutants]);
        return [new(Name, "damaged packets, each let on and counted once", "packets", all, Goal.From(Mutants), $"seed {seed}")];
    }
}
