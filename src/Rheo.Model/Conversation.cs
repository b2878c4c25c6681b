using Rheo.Model.Owners;

namespace Rheo.Model;

/// <summary>A conversation as it stood at the last tick: who opened it to whom, and what went each way.</summary>
/// <remarks>
/// A copy without references into the table: it may be kept, sorted and handed to another thread.
/// Sent is source to destination. Units: times in nanoseconds since the Unix epoch.
/// </remarks>
public readonly struct Conversation
{
    /// <summary>Names the conversation for as long as the table lives.</summary>
    public long Id { get; init; }

    /// <summary>The end that opened it; how that is known says <see cref="Initiator"/>.</summary>
    public Endpoint Source { get; init; }

    /// <summary>The other end.</summary>
    public Endpoint Destination { get; init; }

    /// <summary>How it is known who opened it.</summary>
    public Initiator Initiator { get; init; }

    /// <summary>IP protocol; see <see cref="Transport"/>.</summary>
    public byte Protocol { get; init; }

    /// <summary>IPv4, IPv6 or ARP.</summary>
    public NetworkType Network { get; init; }

    /// <summary>Later fragments whose first was never seen: the ports are unknown.</summary>
    public bool IsFragment { get; init; }

    /// <summary>ICMP type of the request, or of the message where it is no request; 0 unless ICMP.</summary>
    public byte IcmpType { get; init; }

    /// <summary>ICMP code; 0 unless ICMP.</summary>
    public byte IcmpCode { get; init; }

    /// <summary>VLAN id that was seen on any point; 0 without one.</summary>
    public ushort Vlan { get; init; }

    /// <summary>The second tag's VLAN id (QinQ); 0 without one.</summary>
    public ushort InnerVlan { get; init; }

    /// <summary>The tunnel it was seen in on any point.</summary>
    public Tunnel Tunnel { get; init; }

    /// <summary>Source to destination.</summary>
    public Traffic Sent { get; init; }

    /// <summary>Destination to source.</summary>
    public Traffic Received { get; init; }

    /// <summary>Where the direction from source to destination was seen.</summary>
    public InterfacePath SentPath { get; init; }

    /// <summary>Where the direction from destination to source was seen.</summary>
    public InterfacePath ReceivedPath { get; init; }

    /// <summary>TCP state on the wire; <see cref="TcpWireState.None"/> unless TCP.</summary>
    public TcpWireState TcpState { get; init; }

    /// <summary>All TCP flags that the source sent.</summary>
    public TcpFlags SentFlags { get; init; }

    /// <summary>All TCP flags that the destination sent.</summary>
    public TcpFlags ReceivedFlags { get; init; }

    /// <summary>Round trip of the TCP handshake in nanoseconds, to the microsecond; null where it was not seen or cannot be known.</summary>
    public long? HandshakeRttNs { get; init; }

    /// <summary>How often the SYN was sent again, at most 255.</summary>
    public byte SynRetransmits { get; init; }

    /// <summary>How often the SYN-ACK was sent again, at most 255.</summary>
    public byte SynAckRetransmits { get; init; }

    /// <summary>Time of the first packet.</summary>
    public long FirstSeenNs { get; init; }

    /// <summary>Time of the last packet.</summary>
    public long LastSeenNs { get; init; }

    /// <summary>Rates at the last tick.</summary>
    public ConversationRates Rates { get; init; }

    /// <summary>Why it ended; <see cref="EndReason.None"/> while it lives.</summary>
    public EndReason End { get; init; }

    /// <summary>The processes at the source's end, first the one that used the socket last; empty where they are not known.</summary>
    public IReadOnlyList<SocketProcess> SourceProcesses { get => field ?? []; init; }

    /// <summary>The processes at the destination's end.</summary>
    public IReadOnlyList<SocketProcess> DestinationProcesses { get => field ?? []; init; }

    /// <summary>Both directions.</summary>
    public Traffic Traffic => Sent + Received;
}
