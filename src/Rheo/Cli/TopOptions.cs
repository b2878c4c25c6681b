using Rheo.Model;

namespace Rheo.Cli;

/// <summary>What <c>rheo top</c> was asked to do.</summary>
public sealed record TopOptions
{
    /// <summary>Patterns of the interfaces to watch; none: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Greatest or latest first by this, until a key says otherwise.</summary>
    public ConversationOrder Order { get; init; } = ConversationOrder.RateTenSeconds;

    /// <summary>What a row stands for, until a key says otherwise.</summary>
    public TopGrouping By { get; init; }

    /// <summary>Which conversations to show, until a key says otherwise.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.All;

    /// <summary>Show at most so many conversations; null: <see cref="DefaultLimit"/>, or on paper <see cref="DefaultPrinted"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>Print so many frames as plain text and end; null: a live screen.</summary>
    public int? Frames { get; init; }

    /// <summary>How often a frame is drawn; null: four times a second, or on paper once.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Conversations remembered at most.</summary>
    public int MaxConversations { get; init; } = new ConversationTableOptions().MaxConversations;

    /// <summary>Whether to watch through a running agent.</summary>
    public AgentChoice Agent { get; init; } = AgentChoice.Auto;

    /// <summary>As far as anybody scrolls.</summary>
    public const int DefaultLimit = 1000;

    /// <summary>A page.</summary>
    public const int DefaultPrinted = 20;
}
