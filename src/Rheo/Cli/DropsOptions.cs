using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Cli;

/// <summary>What <c>rheo drops</c> was asked to do.</summary>
public sealed record DropsOptions
{
    /// <summary>How long it watches when nothing is said.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);

    /// <summary>Watch this long, then print; null: until Ctrl-C when following, else <see cref="DefaultDuration"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Print each second what was dropped in it.</summary>
    public bool Follow { get; init; }

    /// <summary>What a row stands for.</summary>
    public DropGrouping By { get; init; }

    /// <summary>Also what is no loss: packets that nobody misses.</summary>
    public bool All { get; init; }

    /// <summary>Say what each reason means and what to look at.</summary>
    public bool Explain { get; init; }

    /// <summary>Single packets instead of sums: those that the kernel told as examples.</summary>
    public bool Examples { get; init; }

    /// <summary>Only of these flows; null: of all, and what is no flow.</summary>
    public FlowFilter? Filter { get; init; }

    /// <summary>Rows say whose socket it was, or are chosen by that.</summary>
    public bool ShowsOwners => Examples || By is DropGrouping.Flow or DropGrouping.Process || Filter is { NeedsOwners: true };

    /// <summary>Whether to watch through a running agent.</summary>
    public AgentChoice Agent { get; init; } = AgentChoice.Auto;

    /// <summary>The shape of the output.</summary>
    public OutputFormat Output { get; init; }

    /// <summary>Print at most so many rows; null: all.</summary>
    public int? Limit { get; init; }
}
