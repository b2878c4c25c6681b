namespace Rheo.Model.Owners;

/// <summary>
/// What the ends of conversations carried, by whose they are. Each end counts once, so that what one process of this host says to another
/// is sent by the one and received by the other. Immutable.
/// </summary>
public sealed record OwnerSums
{
    /// <summary>Nothing was counted, since nobody can tell owners.</summary>
    public static OwnerSums None { get; } = new();

    /// <summary>Whether owners can be told at all.</summary>
    public bool IsKnown { get; init; }

    /// <summary>By process name and container.</summary>
    public IReadOnlyList<OwnerTraffic> Named { get; init; } = [];

    /// <summary>Of names for which there was no room.</summary>
    public EndTraffic Other { get; init; }

    /// <summary>Of names that were let go since they were silent for long.</summary>
    public EndTraffic Gone { get; init; }

    /// <summary>At ends on this host whose owner was not known when it was counted.</summary>
    public EndTraffic Unattributed { get; init; }

    /// <summary>Of <see cref="Unattributed"/>, what is counted for its owner too, since that became known: both only grow, and the difference is nobody's.</summary>
    public EndTraffic AttributedLate { get; init; }

    /// <summary>Conversations in the table with an end on this host whose owner is not known.</summary>
    public int UnattributedConversations { get; init; }
}
