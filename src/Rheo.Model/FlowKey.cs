namespace Rheo.Model;

/// <summary>One direction of traffic, as a packet shows it.</summary>
/// <remarks>Shape: ports, ICMP type and code, VLAN and tunnel id in host order.</remarks>
public readonly record struct FlowKey
{
    /// <summary>Sender's address, of the innermost packet.</summary>
    public Address Source { get; init; }

    /// <summary>Receiver's address, of the innermost packet.</summary>
    public Address Destination { get; init; }

    /// <summary>Sender's port; 0 where the protocol has none or the packet is an unknown fragment.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>Receiver's port; 0 where the protocol has none or the packet is an unknown fragment.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>IP protocol of the innermost packet, after extension headers; see <see cref="Transport"/>.</summary>
    public byte Protocol { get; init; }

    /// <summary>IPv4, IPv6 or ARP.</summary>
    public NetworkType Network { get; init; }

    /// <summary>A later fragment whose first was never seen: its ports are unknown.</summary>
    public bool IsFragment { get; init; }

    /// <summary>ICMP or ICMPv6 type.</summary>
    public byte IcmpType { get; init; }

    /// <summary>ICMP or ICMPv6 code.</summary>
    public byte IcmpCode { get; init; }

    /// <summary>Outermost VLAN id; 0 without a tag.</summary>
    public ushort Vlan { get; init; }

    /// <summary>The second tag's VLAN id (QinQ); 0 without one.</summary>
    public ushort InnerVlan { get; init; }

    /// <summary>The innermost tunnel that the packet was in.</summary>
    public TunnelId Tunnel { get; init; }

    /// <summary>Sender's address of the tunnel's outer packet; <c>::</c> without a tunnel.</summary>
    public Address OuterSource { get; init; }

    /// <summary>Receiver's address of the tunnel's outer packet; <c>::</c> without a tunnel.</summary>
    public Address OuterDestination { get; init; }
}
