using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>IPv6 headers and extension headers, one and many.</summary>
internal static class Ip6Packets
{
    public static Section All { get; } = new()
    {
        { "IPv6 with nothing after it", Frame.Ethernet().Ip6(A6, B6), Expect.Ip(A6, B6, IpProtocol.NoNextHeader) },
        {
            "IPv6 whose no-next-header is followed by bytes",
            Frame.Ethernet().Ip6(A6, B6, nextHeader: IpProtocol.NoNextHeader).Payload(30),
            Expect.Ip(A6, B6, IpProtocol.NoNextHeader)
        },
        {
            "IPv6 with traffic class and flow label",
            Frame.Ethernet().Ip6(A6, B6, trafficClass: 0xb8, flowLabel: 0xfffff).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "IPv6 link-local multicast",
            Frame.Ethernet().Ip6("fe80::1", "ff02::fb", hopLimit: 255).Udp(5353, 5353).Payload(30),
            Expect.Udp("fe80::1", 5353, "ff02::fb", 5353)
        },
        { "IPv6 loop-back address", Frame.Ethernet().Ip6("::1", "::1").Tcp(40000, 80), Expect.Tcp("::1", 40000, "::1", 80, TcpFlags.Ack) },
        {
            "IPv6 with IPv4-mapped addresses stays IPv6",
            Frame.Ethernet().Ip6("::ffff:192.0.2.10", "::ffff:198.51.100.20").Tcp(40000, 80),
            Expect.Tcp("::ffff:192.0.2.10", 40000, "::ffff:198.51.100.20", 80, TcpFlags.Ack)
        },
        { "Hop-by-hop options before UDP", Frame.Ethernet().Ip6(A6, B6).HopByHop().Udp(5000, 53), Expect.Udp(A6, 5000, B6, 53) },
        {
            "Hop-by-hop with router alert before ICMPv6",
            Frame.Ethernet().Ip6("fe80::1", "ff02::16").HopByHop(Ip6Options.RouterAlert).Icmp6(143, 0, 1)
                .Payload([4, 0, 0, 0, .. new byte[16]]),
            Expect.Icmp("fe80::1", "ff02::16", 143)
        },
        {
            "Hop-by-hop options of 2,048 bytes, the longest",
            Frame.Ethernet().Ip6(A6, B6).HopByHop(Payloads.LongestOptions).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "Destination options before TCP",
            Frame.Ethernet().Ip6(A6, B6).DestinationOptions().Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)
        },
        {
            "Destination options of 64 bytes before TCP",
            Frame.Ethernet().Ip6(A6, B6).DestinationOptions(Ip6Options.Padding(62)).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)
        },
        {
            "Routing header type 0 before TCP",
            Frame.Ethernet().Ip6(A6, B6).Routing(0, "2001:db8::99").Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)
        },
        {
            "Routing header type 2 before UDP",
            Frame.Ethernet().Ip6(A6, B6).Routing(2, "2001:db8::99").Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "Segment routing header with three segments before UDP",
            Frame.Ethernet().Ip6(A6, B6).Routing(4, B6, "2001:db8::98", "2001:db8::99").Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "AH before TCP over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Authentication().Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)
        },
        {
            "AH with the check value of SHA-256 before UDP over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Authentication(20).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "An atomic fragment is a whole packet",
            Frame.Ethernet().Ip6(A6, B6).Fragment(7).Udp(5000, 53).Payload(8),
            Expect.Udp(A6, 5000, B6, 53)
        },
        { "Hop-by-hop, then no next header", Frame.Ethernet().Ip6(A6, B6).HopByHop(), Expect.Ip(A6, B6, IpProtocol.NoNextHeader) },
        {
            "Hop-by-hop and destination options before UDP",
            Frame.Ethernet().Ip6(A6, B6).HopByHop().DestinationOptions().Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "All extension headers in the order that RFC 8200 names",
            Frame.Ethernet().Ip6(A6, B6).HopByHop().DestinationOptions().Routing(0, T6).Fragment(1).Authentication().DestinationOptions()
                .Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)
        },
        {
            "Extension headers in an order that nobody recommends",
            Frame.Ethernet().Ip6(A6, B6).DestinationOptions().Authentication().Routing(2, T6).HopByHop().Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "Eight extension headers are followed",
            Frame.Ethernet().Ip6(A6, B6).HopByHop().DestinationOptions().DestinationOptions().DestinationOptions().DestinationOptions()
                .DestinationOptions().DestinationOptions().DestinationOptions().Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "Nine extension headers are not followed",
            Frame.Ethernet().Ip6(A6, B6).HopByHop().DestinationOptions().DestinationOptions().DestinationOptions().DestinationOptions()
                .DestinationOptions().DestinationOptions().DestinationOptions().DestinationOptions().Udp(5000, 53),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        { "ESP over IPv6", Frame.Ethernet().Ip6(A6, B6).Esp(), Expect.Ip(A6, B6, IpProtocol.Esp) },
        { "Destination options before ESP", Frame.Ethernet().Ip6(A6, B6).DestinationOptions().Esp(), Expect.Ip(A6, B6, IpProtocol.Esp) },
        {
            "OSPF version 3 hello",
            Frame.Ethernet().Ip6("fe80::1", "ff02::5", hopLimit: 1)
                .Message(IpProtocol.Ospf, [3, 1, 0, 36, 192, 0, 2, 10, 0, 0, 0, 0, 0, 0, 0, 0, .. new byte[20]]),
            Expect.Ip("fe80::1", "ff02::5", IpProtocol.Ospf)
        },
        {
            "PIM over IPv6",
            Frame.Ethernet().Ip6("fe80::1", "ff02::d", hopLimit: 1).Message(IpProtocol.Pim, [0x20, 0, 0, 0, 0, 1, 0, 2, 0, 105]),
            Expect.Ip("fe80::1", "ff02::d", IpProtocol.Pim)
        },
        {
            "Mobile IPv6 binding refresh ends the chain",
            Frame.Ethernet().Ip6(A6, B6).Message(IpProtocol.Mobility, [59, 0, 0, 0, 0, 0, 0, 0]),
            Expect.Ip(A6, B6, IpProtocol.Mobility)
        },
        {
            "IPv6 with an unassigned next header",
            Frame.Ethernet().Ip6(A6, B6, nextHeader: IpProtocol.Experimental).Payload(20),
            Expect.Ip(A6, B6, IpProtocol.Experimental)
        },
        {
            "IGMP's number over IPv6",
            Frame.Ethernet().Ip6(A6, B6, nextHeader: IpProtocol.Igmp).Payload([0x11, 0, 0xee, 0xff, 0, 0, 0, 0]),
            Expect.Ip(A6, B6, IpProtocol.Igmp)
        },
    };
}
