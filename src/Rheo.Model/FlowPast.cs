using Rheo.Model.Owners;

namespace Rheo.Model;

/// <summary>
/// All that a table knows of a flow at one point and of its conversation, but for the counts: what another table needs to go on
/// from there as if it had been watching.
/// </summary>
public readonly record struct FlowPast
{
    /// <summary>The flow.</summary>
    public FlowKey Key { get; init; }

    /// <summary>Where it was seen.</summary>
    public ObservationPoint Point { get; init; }

    /// <summary>Time of its first packet there.</summary>
    public long FirstSeenNs { get; init; }

    /// <summary>Time of the conversation's first packet.</summary>
    public long BeganNs { get; init; }

    /// <summary>All TCP flags seen there.</summary>
    public TcpFlags Flags { get; init; }

    /// <summary>All TCP flags that its sender had sent up to the last tick, wherever they were seen.</summary>
    public TcpFlags SideFlags { get; init; }

    /// <summary>Whether its sender is known by a SYN to have opened the conversation, or to have been called; null where it is a guess.</summary>
    public bool? SentByOpener { get; init; }

    /// <summary>The handshake was seen to complete.</summary>
    public bool Handshake { get; init; }

    /// <summary>The handshake's round trip in microseconds; null where it is not known.</summary>
    public uint? HandshakeRttUs { get; init; }

    /// <summary>How often the SYN was sent again.</summary>
    public byte SynRetransmits { get; init; }

    /// <summary>How often the SYN-ACK was sent again.</summary>
    public byte SynAckRetransmits { get; init; }

    /// <summary>Both FINs were seen.</summary>
    public bool BothFin { get; init; }

    /// <summary>A RST was seen to end it.</summary>
    public bool Reset { get; init; }

    /// <summary>The processes at the end that sends; empty where they are not known.</summary>
    public IReadOnlyList<SocketProcess> Sender { get => field ?? []; init; }

    /// <summary>The processes at the end that receives.</summary>
    public IReadOnlyList<SocketProcess> Receiver { get => field ?? []; init; }
}
