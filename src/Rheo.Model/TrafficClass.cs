namespace Rheo.Model;

/// <summary>A class of traffic; each packet of an interface is in exactly one.</summary>
public enum TrafficClass : byte
{
    /// <summary>TCP over IPv4 or IPv6.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>ICMP.</summary>
    Icmp,

    /// <summary>ICMPv6.</summary>
    Icmp6,

    /// <summary>SCTP.</summary>
    Sctp,

    /// <summary>Any other protocol over IPv4 or IPv6.</summary>
    OtherIp,

    /// <summary>ARP.</summary>
    Arp,

    /// <summary>Any other EtherType.</summary>
    OtherEther,

    /// <summary>Unparsed: a header is cut.</summary>
    UnparsedShort,

    /// <summary>Unparsed: a header contradicts itself.</summary>
    UnparsedHeader,

    /// <summary>Unparsed: more VLAN tags, extension headers or tunnels than are followed.</summary>
    UnparsedTooDeep,
}
