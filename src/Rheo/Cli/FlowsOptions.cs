namespace Rheo.Cli;

/// <summary>What <c>rheo flows</c> was asked to do.</summary>
public sealed record FlowsOptions
{
    /// <summary>Watch this long, then print; null: until Ctrl-C when following, else <see cref="DefaultDuration"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Print conversations as they appear, change and end.</summary>
    public bool Follow { get; init; }

    /// <summary>Patterns of the interfaces to watch; none: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>The shape of the output.</summary>
    public OutputFormat Output { get; init; }

    /// <summary>Greatest first by this, except where it is the time of the first packet.</summary>
    public string Sort { get; init; } = "bytes";

    /// <summary>Print at most so many conversations; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>The filter as written; empty: everything.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Conversations remembered at most.</summary>
    public int MaxConversations { get; init; } = DefaultMaxConversations;

    /// <summary>How long <c>rheo flows</c> watches when nothing is said.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);

    /// <summary>Conversations remembered when nothing is said.</summary>
    public const int DefaultMaxConversations = 1_000_000;
}
