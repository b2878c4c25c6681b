using System.Net;

namespace Rheo.Packets;

/// <summary>
/// The key that a packet must be counted under, written by hand for each packet and never computed from its bytes.
/// </summary>
/// <remarks>Shape: numbers in host order; addresses null where the kind has none. For an unparsed packet only the kind
/// and the reason are promised.</remarks>
public sealed record ExpectedFlow
{
    public required PacketKind Kind { get; init; }
    public UnparsedReason Reason { get; init; }

    /// <summary>Innermost source address; of ARP the sender's.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Innermost destination address; of ARP the target's.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Source port; of a non-IP packet the EtherType or the 802.3 length; of ICMP 0.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>Destination port; of ICMP and ICMPv6 <c>type &lt;&lt; 8 | code</c>.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>IP protocol of the innermost packet, after extension headers.</summary>
    public byte Protocol { get; init; }

    public TcpFlags TcpFlags { get; init; }

    /// <summary>A later fragment whose first was not seen: KEY_FRAGMENT, and no ports.</summary>
    public bool UnknownFragment { get; init; }

    /// <summary>Outermost VLAN id, 0 without a tag.</summary>
    public ushort Vlan { get; init; }

    /// <summary>Id of the second tag, 0 without one.</summary>
    public ushort VlanInner { get; init; }

    /// <summary>The innermost tunnel.</summary>
    public TunnelKind Tunnel { get; init; }

    public uint TunnelId { get; init; }
    public IPAddress? OuterSource { get; init; }
    public IPAddress? OuterDestination { get; init; }

    /// <summary>The same flow, seen inside a tunnel between two outer addresses.</summary>
    public ExpectedFlow In(TunnelKind tunnel, uint id, string outerSource, string outerDestination) => this with
    {
        Tunnel = tunnel,
        TunnelId = id,
        OuterSource = IPAddress.Parse(outerSource),
        OuterDestination = IPAddress.Parse(outerDestination),
    };

    /// <summary>The same flow with VLAN tags outside.</summary>
    public ExpectedFlow Tagged(ushort vlan, ushort inner = 0) => this with { Vlan = vlan, VlanInner = inner };
}
