namespace Rheo.Model.Connections;

/// <summary>The figures of one end of a connection that a verdict rests on: of the last ten to twenty seconds, or since it began.</summary>
public readonly record struct BlameFigures
{
    /// <summary>Which end this is.</summary>
    public ConnectionRole Role { get; init; }

    /// <summary>Its state.</summary>
    public ConnectionState State { get; init; }

    /// <summary>Why it is over.</summary>
    public ConnectionEnd End { get; init; }

    /// <summary>It was never open.</summary>
    public bool WasNeverOpen { get; init; }

    /// <summary>How long it is in its state.</summary>
    public long StateNs { get; init; }

    /// <summary>Established, and not accepted.</summary>
    public bool WaitsForAccept { get; init; }

    /// <summary>How often the SYN was sent again.</summary>
    public ulong SynRetransmits { get; init; }

    /// <summary>Segments sent again.</summary>
    public ulong Retransmitted { get; init; }

    /// <summary>Segments with payload sent.</summary>
    public ulong DataSegmentsSent { get; init; }

    /// <summary>Segments with payload received.</summary>
    public ulong DataSegmentsReceived { get; init; }

    /// <summary>Of these, those out of order.</summary>
    public ulong OutOfOrder { get; init; }

    /// <summary>Payload was acknowledged, ever.</summary>
    public bool WasEverAcked { get; init; }

    /// <summary>The other end lets nothing come now.</summary>
    public bool IsSendWindowClosed { get; init; }

    /// <summary>How long it did so.</summary>
    public long SendWindowClosedNs { get; init; }

    /// <summary>Bytes that this end's process has not read.</summary>
    public ulong Unread { get; init; }

    /// <summary>How long nothing came while they lay there; 0: something comes.</summary>
    public long UnreadNs { get; init; }

    /// <summary>Time with something to send.</summary>
    public long BusyNs { get; init; }

    /// <summary>Of it, kept by the other end's window.</summary>
    public long ReceiverLimitedNs { get; init; }

    /// <summary>Of it, kept by the own send buffer.</summary>
    public long BufferLimitedNs { get; init; }

    /// <summary>Time that the other process takes to answer; 0: nothing is awaited.</summary>
    public long PeerAnswerNs { get; init; }

    /// <summary>Time that this end's process takes to answer.</summary>
    public long OwnAnswerNs { get; init; }

    /// <summary>Smoothed round trip.</summary>
    public long RttNs { get; init; }
}
