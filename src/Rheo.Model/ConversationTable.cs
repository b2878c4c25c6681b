namespace Rheo.Model;

/// <summary>Merges flows into conversations: both directions, all CPUs, all points; each packet counted once.</summary>
/// <remarks>Threads: one at a time. Units: times in nanoseconds since the Unix epoch.</remarks>
public sealed class ConversationTable
{
    /// <summary>Makes an empty table.</summary>
    public ConversationTable(ConversationTableOptions options, IEndedConversations? ended = null) => throw new NotSupportedException($"{options} {ended}");

    /// <summary>Conversations in the table.</summary>
    public int Count { get; }

    /// <summary>What the conversations in the table carried.</summary>
    public ConversationTotals Live { get; }

    /// <summary>What conversations that ended carried.</summary>
    public ConversationTotals Ended { get; }

    /// <summary>What conversations carried that were folded away because the table was full.</summary>
    public ConversationTotals Other { get; }

    /// <summary>Everything ever counted: always <see cref="Live"/> + <see cref="Ended"/> + <see cref="Other"/>.</summary>
    public ConversationTotals Total { get; }

    /// <summary>TCP packets by flag, counted at counting points.</summary>
    public TcpFlagTotals TcpFlags { get; }

    /// <summary>TCP handshakes.</summary>
    public HandshakeTotals Handshakes { get; } = new();

    /// <summary>Finds or makes the conversation and the point of a flow.</summary>
    /// <param name="key">The flow.</param>
    /// <param name="point">Where it was seen.</param>
    /// <param name="firstSeenNs">Time of its first packet there.</param>
    /// <param name="flagsSoFar">All TCP flags seen so far.</param>
    public FlowRef Open(in FlowKey key, ObservationPoint point, long firstSeenNs, TcpFlags flagsSoFar) => throw new NotSupportedException();

    /// <summary>Adds what a flow counted since the last time.</summary>
    /// <returns>False when the reference is stale: nothing was counted; open the flow again and add to the new reference.</returns>
    public bool Add(FlowRef flow, in FlowCounts counts, long lastSeenNs) => throw new NotSupportedException();

    /// <summary>A SYN came on this flow after it had ended: its conversation is over, and the next <see cref="Open"/> of the key begins another.</summary>
    public void Reopened(FlowRef flow) => throw new NotSupportedException();

    /// <summary>A TCP handshake completed.</summary>
    public void Established(in HandshakeMoment moment) => throw new NotSupportedException();

    /// <summary>A TCP connection ended.</summary>
    public void Closed(in CloseMoment moment) => throw new NotSupportedException();

    /// <summary>Tells which tunnels end on this host, so that what is seen inside them and outside is one conversation.</summary>
    public void SetTerminatedTunnels(IReadOnlySet<TunnelId> tunnels) => throw new NotSupportedException();

    /// <summary>Brings totals, rates, states and endings up to this time. Call it about once a second, and before reading.</summary>
    public void Tick(long nowNs) => throw new NotSupportedException();

    /// <summary>Shows every conversation to the visitor until it has seen enough; in no order.</summary>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IConversationVisitor, allows ref struct => throw new NotSupportedException();

    /// <summary>Copies the first conversations by this order, sorted, into the span.</summary>
    /// <returns>How many there are: at most the length of the span.</returns>
    public int Top(Span<Conversation> into, ConversationOrder order, FlowFilter? filter = null) => throw new NotSupportedException();
}
