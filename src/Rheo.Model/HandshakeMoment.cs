namespace Rheo.Model;

/// <summary>A TCP handshake completed on the wire.</summary>
/// <remarks>Units: times in nanoseconds since the Unix epoch; 0 where that packet was not seen.</remarks>
public readonly record struct HandshakeMoment
{
    /// <summary>The end that sent the SYN.</summary>
    public Endpoint Client { get; init; }

    /// <summary>The end that answered it.</summary>
    public Endpoint Server { get; init; }

    /// <summary>Id of the innermost tunnel; 0 without one.</summary>
    public uint TunnelId { get; init; }

    /// <summary>Time of the first SYN.</summary>
    public long SynNs { get; init; }

    /// <summary>Time of the first SYN-ACK.</summary>
    public long SynAckNs { get; init; }

    /// <summary>Time of the ACK that completed it.</summary>
    public long AckNs { get; init; }

    /// <summary>How often the SYN was sent again.</summary>
    public uint SynRetransmits { get; init; }

    /// <summary>How often the SYN-ACK was sent again.</summary>
    public uint SynAckRetransmits { get; init; }

    /// <summary>The round trip from SYN to ACK, or null where it cannot be known.</summary>
    /// <remarks>
    /// Karn's rule (RFC 6298, 3): with a retransmission nobody can tell which of the packets was answered, so that there is no sample.
    /// </remarks>
    public long? RttNs =>
        SynNs > 0 && AckNs >= SynNs && SynRetransmits == 0 && SynAckRetransmits == 0 ? AckNs - SynNs : null;
}
