namespace Rheo.Model;

/// <summary>The sums of a table over what it does not hold any more; they only grow.</summary>
public sealed record ConversationSums
{
    /// <summary>Conversations that ended.</summary>
    public ConversationTotals Ended { get; init; }

    /// <summary>Conversations that were folded away.</summary>
    public ConversationTotals Other { get; init; }

    /// <summary>TCP packets by flag.</summary>
    public TcpFlagTotals TcpFlags { get; init; }

    /// <summary>TCP handshakes that completed.</summary>
    public ulong Handshakes { get; init; }

    /// <summary>Of these, those in which a packet was sent again.</summary>
    public ulong HandshakesRetransmitted { get; init; }

    /// <summary>Handshake round trips by bucket of <see cref="RttHistogram.BoundsSeconds"/>.</summary>
    public IReadOnlyList<ulong> RttCounts { get; init; } = [];

    /// <summary>Sum of the handshake round trips, ns.</summary>
    public long RttSumNs { get; init; }
}
