namespace Rheo.Cli;

/// <summary>What <c>rheo bench</c> was asked to do.</summary>
public sealed record BenchOptions
{
    /// <summary>How long each watcher is measured in each round.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Packets a second, one group of rows for each.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [100_000, 300_000, 1_000_000];

    /// <summary>The tools to compare with; none: all that are installed.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>What goes to standard output.</summary>
    public ReportFormat Output { get; init; }

    /// <summary>Where the JSON document goes.</summary>
    public string File { get; init; } = "rheo-bench.json";
}
