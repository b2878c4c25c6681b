using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>IPv4 headers: options, fields at their ends, protocols without ports.</summary>
internal static class Ip4Packets
{
    public static Section All { get; } = new()
    {
        {
            "IPv4 with one NOP option",
            Frame.Ethernet().Ip4(A, B, Ip4Options.Nop).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        { "IPv4 with router alert", Frame.Ethernet().Ip4(A, B, Ip4Options.RouterAlert).Udp(5000, 53), Expect.Udp(A, 5000, B, 53) },
        {
            "IPv4 with record route for nine addresses",
            Frame.Ethernet().Ip4(A, B, Ip4Options.RecordRoute(9)).Icmp(8),
            Expect.Icmp(A, B, 8)
        },
        {
            "IPv4 with timestamps for nine hops fills all sixty bytes",
            Frame.Ethernet().Ip4(A, B, Ip4Options.Timestamp(9)).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "IPv4 with forty NOPs",
            Frame.Ethernet().Ip4(A, B, Enumerable.Repeat((byte)1, 40).ToArray()).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "IPv4 with a loose source route at its end",
            Frame.Ethernet().Ip4(A, B, Ip4Options.LooseSourceRoute(3)).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "IPv4 with stream id and router alert",
            Frame.Ethernet().Ip4(A, B, [.. Ip4Options.StreamId, .. Ip4Options.RouterAlert]).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "IPv4 with end of options",
            Frame.Ethernet().Ip4(A, B, [0]).Tcp(40000, 80, TcpFlags.Syn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn)
        },
        {
            "IPv4 options that look like TCP are not TCP",
            Frame.Ethernet().Ip4(A, B, [1, 1, 0, 22, 0, 23, 1, 1]).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "IPv4 with don't fragment, a full TOS byte and TTL 1",
            Frame.Ethernet().Ip4(A, B, dontFragment: true, tos: 0xff, ttl: 1).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "IPv4 with a wrong header checksum is still that flow",
            Frame.Ethernet().Ip4(A, B, checksum: 0xdead).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "IPv4 broadcast",
            Frame.Ethernet().Ip4("0.0.0.0", "255.255.255.255").Udp(68, 67).Payload(240),
            Expect.Udp("0.0.0.0", 68, "255.255.255.255", 67)
        },
        {
            "IPv4 multicast",
            Frame.Ethernet().Ip4(A, "224.0.0.251", ttl: 255).Udp(5353, 5353).Payload(30),
            Expect.Udp(A, 5353, "224.0.0.251", 5353)
        },
        { "IPv4 from an address to itself", Frame.Ethernet().Ip4(A, A).Tcp(80, 80, TcpFlags.Syn), Expect.Tcp(A, 80, A, 80, TcpFlags.Syn) },
        {
            "IPv4 loop-back addresses",
            Frame.Ethernet().Ip4("127.0.0.1", "127.0.0.2").Tcp(1, 2),
            Expect.Tcp("127.0.0.1", 1, "127.0.0.2", 2, TcpFlags.Ack)
        },
        {
            "IGMP version 2 query",
            Frame.Ethernet().Ip4(A, "224.0.0.1", Ip4Options.RouterAlert, ttl: 1).Message(IpProtocol.Igmp, [0x11, 100, 0, 0, 0, 0, 0, 0], 2)
                .PadTo(60),
            Expect.Ip(A, "224.0.0.1", IpProtocol.Igmp)
        },
        {
            "IGMP version 3 report",
            Frame.Ethernet().Ip4(A, "224.0.0.22", Ip4Options.RouterAlert, ttl: 1)
                .Message(IpProtocol.Igmp, [0x22, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 239, 1, 2, 3], 2),
            Expect.Ip(A, "224.0.0.22", IpProtocol.Igmp)
        },
        {
            "OSPF hello",
            Frame.Ethernet().Ip4(A, "224.0.0.5", ttl: 1).Message(IpProtocol.Ospf, Payloads.OspfHello, 12),
            Expect.Ip(A, "224.0.0.5", IpProtocol.Ospf)
        },
        {
            "PIM hello",
            Frame.Ethernet().Ip4(A, "224.0.0.13", ttl: 1).Message(IpProtocol.Pim, [0x20, 0, 0, 0, 0, 1, 0, 2, 0, 105], 2),
            Expect.Ip(A, "224.0.0.13", IpProtocol.Pim)
        },
        {
            "VRRP advertisement",
            Frame.Ethernet().Ip4(A, "224.0.0.18", ttl: 255)
                .Message(IpProtocol.Vrrp, [0x21, 1, 100, 1, 0, 1, 0, 0, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0], 6),
            Expect.Ip(A, "224.0.0.18", IpProtocol.Vrrp)
        },
        {
            "EIGRP hello",
            Frame.Ethernet().Ip4(A, "224.0.0.10", ttl: 2).Message(IpProtocol.Eigrp, [2, 5, 0, 0, .. new byte[16]], 2),
            Expect.Ip(A, "224.0.0.10", IpProtocol.Eigrp)
        },
        {
            "RSVP path",
            Frame.Ethernet().Ip4(A, B, Ip4Options.RouterAlert).Message(IpProtocol.Rsvp, [0x10, 1, 0, 0, 64, 0, 0, 8], 2),
            Expect.Ip(A, B, IpProtocol.Rsvp)
        },
        { "ESP has no ports", Frame.Ethernet().Ip4(A, B).Esp(), Expect.Ip(A, B, IpProtocol.Esp) },
        { "AH before TCP", Frame.Ethernet().Ip4(A, B).Authentication().Tcp(40000, 80), Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack) },
        { "AH before ESP", Frame.Ethernet().Ip4(A, B).Authentication(16).Esp(), Expect.Ip(A, B, IpProtocol.Esp) },
        { "AH before ICMP", Frame.Ethernet().Ip4(A, B).Authentication().Icmp(8, 0, 1).Payload(8), Expect.Icmp(A, B, 8) },
        { "AH with nothing after it", Frame.Ethernet().Ip4(A, B).Authentication(), Expect.Ip(A, B, IpProtocol.NoNextHeader) },
        {
            "IP compression has no ports",
            Frame.Ethernet().Ip4(A, B).Message(IpProtocol.IpComp, [6, 0, 0, 2, .. new byte[20]]),
            Expect.Ip(A, B, IpProtocol.IpComp)
        },
        {
            "L2TP directly over IP",
            Frame.Ethernet().Ip4(A, B).Message(IpProtocol.L2tp, [0, 0, 0, 9, .. new byte[20]]),
            Expect.Ip(A, B, IpProtocol.L2tp)
        },
        {
            "EtherIP is not followed",
            Frame.Ethernet().Ip4(A, B).Message(IpProtocol.EtherIp, [0x30, 0, .. Frame.Ethernet().Ip4(T, U).Udp(1, 2).Build()]),
            Expect.Ip(A, B, IpProtocol.EtherIp)
        },
        {
            "MPLS in IP is not followed",
            Frame.Ethernet().Ip4(A, B).Message(IpProtocol.MplsInIp, [0, 1, 0x21, 64, .. Payloads.Ip4]),
            Expect.Ip(A, B, IpProtocol.MplsInIp)
        },
        {
            "IPv4 with the reserved protocol 255",
            Frame.Ethernet().Ip4(A, B, protocol: IpProtocol.Reserved).Payload(20),
            Expect.Ip(A, B, IpProtocol.Reserved)
        },
        {
            "IPv6's hop-by-hop number 0 means nothing to IPv4",
            Frame.Ethernet().Ip4(A, B, protocol: IpProtocol.HopByHop).Payload([17, 0, 1, 4, 0, 0, 0, 0, 0, 1, 0, 2]),
            Expect.Ip(A, B, IpProtocol.HopByHop)
        },
        {
            "IPv6's fragment number 44 means nothing to IPv4",
            Frame.Ethernet().Ip4(A, B, protocol: IpProtocol.Fragment).Payload([17, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 2]),
            Expect.Ip(A, B, IpProtocol.Fragment)
        },
        { "IPv4 header and nothing above it", Frame.Ethernet().Ip4(A, B), Expect.Ip(A, B, IpProtocol.Experimental) },
    };
}
