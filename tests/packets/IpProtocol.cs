namespace Rheo.Packets;

/// <summary>IP protocol numbers (IANA) that the table speaks of.</summary>
public static class IpProtocol
{
    public const byte HopByHop = 0;
    public const byte Icmp = 1;
    public const byte Igmp = 2;
    public const byte Ip4 = 4;
    public const byte Tcp = 6;
    public const byte Egp = 8;
    public const byte Udp = 17;
    public const byte Dccp = 33;
    public const byte Ip6 = 41;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Rsvp = 46;
    public const byte Gre = 47;
    public const byte Esp = 50;
    public const byte Ah = 51;
    public const byte Icmp6 = 58;
    public const byte NoNextHeader = 59;
    public const byte DestinationOptions = 60;
    public const byte Eigrp = 88;
    public const byte Ospf = 89;
    public const byte EtherIp = 97;
    public const byte Pim = 103;
    public const byte IpComp = 108;
    public const byte Vrrp = 112;
    public const byte L2tp = 115;
    public const byte Sctp = 132;
    public const byte Mobility = 135;
    public const byte UdpLite = 136;
    public const byte MplsInIp = 137;
    public const byte Experimental = 253;
    public const byte Reserved = 255;
}
