using Rheo.Model;

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

    /// <summary>Greatest or latest first by this.</summary>
    public ConversationOrder Order { get; init; }

    /// <summary>Print at most so many conversations; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Which conversations to print.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.All;

    /// <summary>When following: how often a conversation that goes on is printed again.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Conversations remembered at most.</summary>
    public int MaxConversations { get; init; } = new ConversationTableOptions().MaxConversations;

    /// <summary>Whether to watch through a running agent.</summary>
    public AgentChoice Agent { get; init; } = AgentChoice.Auto;

    /// <summary>How long <c>rheo flows</c> watches when nothing is said.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);
}
