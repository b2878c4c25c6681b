namespace Rheo.Model;

/// <summary>TCP handshakes that completed on the wire; all numbers only grow.</summary>
public sealed class HandshakeTotals
{
    /// <summary>Handshakes that completed.</summary>
    public ulong Completed { get; private set; }

    /// <summary>Of these, handshakes in which the SYN or the SYN-ACK was sent more than once; they give no RTT sample.</summary>
    public ulong Retransmitted { get; private set; }

    /// <summary>Round trips from SYN to ACK.</summary>
    public RttHistogram Rtt { get; } = new();

    internal void Inherit(ConversationSums sums)
    {
        Completed += sums.Handshakes;
        Retransmitted += sums.HandshakesRetransmitted;
        Rtt.Inherit(sums.RttCounts, sums.RttSumNs);
    }

    internal void Add(in HandshakeMoment moment)
    {
        Completed++;
        if (moment.SynRetransmits > 0 || moment.SynAckRetransmits > 0)
            Retransmitted++;
        if (moment.RttNs is { } rttNs)
            Rtt.Add(rttNs);
    }
}
