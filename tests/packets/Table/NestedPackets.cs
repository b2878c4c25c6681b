using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Tunnels in tunnels: two are followed, the innermost one is the flow's.</summary>
internal static class NestedPackets
{
    public static Section All { get; } = new()
    {
        {
            "IP in IP in VXLAN",
            Vxlan().Ip4(T, U).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T, U)
        },
        { "6in4 in VXLAN", Vxlan().Ip4(T, U).Ip6(A6, B6).Udp(5000, 53), Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.IpIp, 0, T, U) },
        {
            "GRE with a key in VXLAN",
            Vxlan().Ip4(T, U).Gre(key: 9).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 9, T, U)
        },
        {
            "VXLAN in VXLAN",
            Vxlan().Ip4(T, U).Udp(50001, Frame.VxlanPort).Vxlan(22).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 22, T, U)
        },
        {
            "VXLAN in GRE",
            Frame.Ethernet().Ip4(V, W).Gre(key: 3).Ip4(T, U).Udp(50001, Frame.VxlanPort).Vxlan(23).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Vxlan, 23, T, U)
        },
        {
            "Geneve in 4in4",
            Frame.Ethernet().Ip4(V, W).Ip4(T, U).Udp(50001, Frame.GenevePort).Geneve(24).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 24, T, U)
        },
        {
            "VXLAN over IPv6 in 6in6",
            Frame.Ethernet().Ip6(V6, W6).Ip6(T6, U6).Udp(50001, Frame.VxlanPort).Vxlan(25).InnerEthernet().Ip6(A6, B6).Tcp(40000, 443),
            Expect.Tcp(A6, 40000, B6, 443, TcpFlags.Ack).In(TunnelKind.Vxlan, 25, T6, U6)
        },
        {
            "GRETAP in Geneve",
            Frame.Ethernet().Ip4(V, W).Udp(50000, Frame.GenevePort).Geneve(7).InnerEthernet().Ip4(T, U).Gre().InnerEthernet().Ip4(A, B)
                .Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "4in6 in GRE over IPv4",
            Frame.Ethernet().Ip4(V, W).Gre().Ip6(T6, U6).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T6, U6)
        },
        {
            "4in4 in 4in4",
            Frame.Ethernet().Ip4(V, W).Ip4(T, U).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "ARP in VXLAN in VXLAN",
            Vxlan().Ip4(T, U).Udp(50001, Frame.VxlanPort).Vxlan(26).InnerEthernet().Arp(1, A, B),
            Expect.Arp(A, B).In(TunnelKind.Vxlan, 26, T, U)
        },
        {
            "A later fragment of IP in IP in VXLAN belongs to the outer tunnel",
            Vxlan().Ip4(T, U, id: 801, offset: 1400, protocol: IpProtocol.Ip4).Payload(Payloads.Ip4),
            Expect.Ip(T, U, IpProtocol.Ip4).In(TunnelKind.Vxlan, 21, V, W)
        },
        {
            "QinQ outside, between and inside two tunnels",
            Frame.Ethernet().ServiceVlan(1).Vlan(2).Ip4(V, W).Udp(50000, Frame.VxlanPort).Vxlan(21).InnerEthernet().ServiceVlan(3).Vlan(4)
                .Ip4(T, U).Gre(key: 5).InnerEthernet().ServiceVlan(6).Vlan(7).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 5, T, U).Tagged(1, 2)
        },
        {
            "4in4 in 4in4 in 4in4 is more than is followed",
            Frame.Ethernet().Ip4(V, W).Ip4(T, U).Ip4(W, V).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        {
            "IP in IP in GRE in VXLAN is more than is followed",
            Vxlan().Ip4(T, U).Gre().Ip4(W, V).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        {
            "VXLAN in VXLAN in VXLAN is more than is followed",
            Vxlan().Ip4(T, U).Udp(50001, Frame.VxlanPort).Vxlan(27).InnerEthernet().Ip4(W, V).Udp(50002, Frame.VxlanPort).Vxlan(28)
                .InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        {
            "Five tunnels are more than is followed",
            Frame.Ethernet().Ip6(V6, W6).Ip6(T6, U6).Ip6(V6, W6).Ip6(T6, U6).Ip6(V6, W6).Ip6(A6, B6).Udp(5000, 53),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
    };

    private static Frame Vxlan() => Frame.Ethernet().Ip4(V, W).Udp(50000, Frame.VxlanPort).Vxlan(21).InnerEthernet();
}
