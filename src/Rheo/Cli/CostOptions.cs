namespace Rheo.Cli;

/// <summary>What <c>rheo cost</c> was asked to do.</summary>
public sealed record CostOptions
{
    /// <summary>How long to measure.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Which agent is measured; never: a capture of the command's own.</summary>
    public AgentChoice Agent { get; init; } = AgentChoice.Auto;

    /// <summary>The shape of the output.</summary>
    public ReportFormat Output { get; init; }
}
