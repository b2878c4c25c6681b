using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Single fragments: the first tells its ports, a later one alone does not.</summary>
internal static class FragmentPackets
{
    public static Section All { get; } = new()
    {
        {
            "First fragment of UDP",
            Frame.Ethernet().Ip4(A, B, id: 101, moreFragments: true).Udp(5000, 53, length: 4000).Payload(1472),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "First fragment of TCP",
            Frame.Ethernet().Ip4(A, B, id: 102, moreFragments: true).Tcp(40000, 80, TcpFlags.Psh | TcpFlags.Ack).Payload(1460),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Psh | TcpFlags.Ack)
        },
        {
            "First fragment of ICMP echo",
            Frame.Ethernet().Ip4(A, B, id: 103, moreFragments: true).Icmp(8).Payload(1472),
            Expect.Icmp(A, B, 8)
        },
        {
            "First fragment with don't fragment set",
            Frame.Ethernet().Ip4(A, B, id: 104, dontFragment: true, moreFragments: true).Udp(5000, 53).Payload(64),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "First fragment of VXLAN is the tunnel's own flow",
            Frame.Ethernet().Ip4(T, U, id: 105, moreFragments: true).Udp(50000, Frame.VxlanPort)
                .Payload([8, 0, 0, 0, 0, 0, 1, 0, .. Frame.Ethernet().Ip4(A, B).Tcp(1, 2).Build()]),
            Expect.Udp(T, 50000, U, Frame.VxlanPort)
        },
        {
            "First fragment of IP in IP is the tunnel's own flow",
            Frame.Ethernet().Ip4(T, U, id: 106, moreFragments: true, protocol: IpProtocol.Ip4).Payload(Payloads.Ip4),
            Expect.Ip(T, U, IpProtocol.Ip4)
        },
        {
            "First fragment of GRE is the tunnel's own flow",
            Frame.Ethernet().Ip4(T, U, id: 107, moreFragments: true, protocol: IpProtocol.Gre)
                .Payload([0, 0, 8, 0, .. Payloads.Ip4, 0, 0, 0, 0]),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
        {
            "First fragment of ESP",
            Frame.Ethernet().Ip4(A, B, id: 108, moreFragments: true).Esp(length: 1000),
            Expect.Ip(A, B, IpProtocol.Esp)
        },
        {
            "First fragment so small that TCP's header is cut",
            Frame.Ethernet().Ip4(A, B, id: 109, moreFragments: true, protocol: IpProtocol.Tcp).Payload([0x9c, 0x40, 0, 80, 0, 0, 0, 1]),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "First fragment of eight bytes holds all of UDP's header",
            Frame.Ethernet().Ip4(A, B, id: 110, moreFragments: true).Udp(5000, 53, length: 100),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "Later fragment of UDP without its first",
            Frame.Ethernet().Ip4(A, B, id: 201, moreFragments: true, offset: 1480, protocol: IpProtocol.Udp).Payload(1480),
            Expect.Fragment(A, B, IpProtocol.Udp)
        },
        {
            "Last fragment of UDP without its first",
            Frame.Ethernet().Ip4(A, B, id: 202, offset: 2960, protocol: IpProtocol.Udp).Payload(100),
            Expect.Fragment(A, B, IpProtocol.Udp)
        },
        {
            "Later fragment of TCP without its first",
            Frame.Ethernet().Ip4(A, B, id: 203, moreFragments: true, offset: 1480, protocol: IpProtocol.Tcp).Payload(1480),
            Expect.Fragment(A, B, IpProtocol.Tcp)
        },
        {
            "Later fragment at the least offset, which is not a TCP header",
            Frame.Ethernet().Ip4(A, B, id: 204, offset: 8, protocol: IpProtocol.Tcp).Payload(40),
            Expect.Fragment(A, B, IpProtocol.Tcp)
        },
        {
            "Last fragment at the greatest offset",
            Frame.Ethernet().Ip4(A, B, id: 205, offset: 65528, protocol: IpProtocol.Udp).Payload(7).PadTo(60),
            Expect.Fragment(A, B, IpProtocol.Udp)
        },
        {
            "Last fragment of one byte",
            Frame.Ethernet().Ip4(A, B, id: 206, offset: 1480, protocol: IpProtocol.Udp).Payload(1).PadTo(60),
            Expect.Fragment(A, B, IpProtocol.Udp)
        },
        {
            "Later fragment of ICMP without its first",
            Frame.Ethernet().Ip4(A, B, id: 207, offset: 1480, protocol: IpProtocol.Icmp).Payload(100),
            Expect.Fragment(A, B, IpProtocol.Icmp)
        },
        {
            "Later fragment of ESP has no ports to miss",
            Frame.Ethernet().Ip4(A, B, id: 208, offset: 1480, protocol: IpProtocol.Esp).Payload(100),
            Expect.Ip(A, B, IpProtocol.Esp)
        },
        {
            "Later fragment of IP in IP is the tunnel's own flow",
            Frame.Ethernet().Ip4(T, U, id: 209, offset: 1480, protocol: IpProtocol.Ip4).Payload(Payloads.Ip4),
            Expect.Ip(T, U, IpProtocol.Ip4)
        },
        {
            "Later fragment of GRE is the tunnel's own flow",
            Frame.Ethernet().Ip4(T, U, id: 210, offset: 1480, protocol: IpProtocol.Gre).Payload([0, 0, 8, 0, .. Payloads.Ip4]),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
        {
            "Later fragment with IPv4 options",
            Frame.Ethernet().Ip4(A, B, Ip4Options.StreamId, id: 211, offset: 1480, protocol: IpProtocol.Udp).Payload(100),
            Expect.Fragment(A, B, IpProtocol.Udp)
        },
        {
            "Later fragment in a customer tag",
            Frame.Ethernet().Vlan(12).Ip4(A, B, id: 212, offset: 1480, protocol: IpProtocol.Udp).Payload(100),
            Expect.Fragment(A, B, IpProtocol.Udp).Tagged(12)
        },
        {
            "Later fragment inside VXLAN without its first",
            Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort).Vxlan(7).InnerEthernet()
                .Ip4(A, B, id: 213, offset: 1400, protocol: IpProtocol.Udp).Payload(100),
            Expect.Fragment(A, B, IpProtocol.Udp).In(TunnelKind.Vxlan, 7, T, U)
        },

        {
            "First fragment of UDP over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Fragment(301, more: true).Udp(5000, 53, length: 4000).Payload(1432),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "First fragment of TCP over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Fragment(302, more: true).Tcp(40000, 80).Payload(1420),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)
        },
        {
            "First fragment of ICMPv6 echo",
            Frame.Ethernet().Ip6(A6, B6).Fragment(303, more: true).Icmp6(128).Payload(1432),
            Expect.Icmp(A6, B6, 128)
        },
        {
            "First fragment with hop-by-hop before and destination options behind",
            Frame.Ethernet().Ip6(A6, B6).HopByHop().Fragment(304, more: true).DestinationOptions().Udp(5000, 53).Payload(64),
            Expect.Udp(A6, 5000, B6, 53)
        },
        {
            "First fragment of VXLAN over IPv6 is the tunnel's own flow",
            Frame.Ethernet().Ip6(T6, U6).Fragment(305, more: true).Udp(50000, Frame.VxlanPort)
                .Payload([8, 0, 0, 0, 0, 0, 1, 0, .. Frame.Ethernet().Ip4(A, B).Tcp(1, 2).Build()]),
            Expect.Udp(T6, 50000, U6, Frame.VxlanPort)
        },
        {
            "Later fragment of UDP over IPv6 without its first",
            Frame.Ethernet().Ip6(A6, B6).Fragment(401, 1448, true, IpProtocol.Udp).Payload(1448),
            Expect.Fragment(A6, B6, IpProtocol.Udp)
        },
        {
            "Last fragment of TCP over IPv6 without its first",
            Frame.Ethernet().Ip6(A6, B6).Fragment(402, 2896, false, IpProtocol.Tcp).Payload(100),
            Expect.Fragment(A6, B6, IpProtocol.Tcp)
        },
        {
            "Last fragment of ICMPv6 without its first",
            Frame.Ethernet().Ip6(A6, B6).Fragment(403, 1448, false, IpProtocol.Icmp6).Payload(33),
            Expect.Fragment(A6, B6, IpProtocol.Icmp6)
        },
        {
            "Last fragment of ESP over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Fragment(404, 1448, false, IpProtocol.Esp).Payload(40),
            Expect.Ip(A6, B6, IpProtocol.Esp)
        },
        {
            "Later fragment behind hop-by-hop without its first",
            Frame.Ethernet().Ip6(A6, B6).HopByHop().Fragment(405, 1448, false, IpProtocol.Udp).Payload(40),
            Expect.Fragment(A6, B6, IpProtocol.Udp)
        },
        {
            "Later fragment of 6in6 is the tunnel's own flow",
            Frame.Ethernet().Ip6(T6, U6).Fragment(406, 1448, false, IpProtocol.Ip6).Payload(Payloads.Ip6),
            Expect.Ip(T6, U6, IpProtocol.Ip6)
        },
    };
}
