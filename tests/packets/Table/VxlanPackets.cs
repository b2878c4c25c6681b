using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>VXLAN, over IPv4 and IPv6, and what only looks like it.</summary>
internal static class VxlanPackets
{
    public static Section All { get; } = new()
    {
        {
            "VXLAN: TCP inside",
            Vxlan(42).InnerEthernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, TcpOptions.LinuxSyn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn).In(TunnelKind.Vxlan, 42, T, U)
        },
        {
            "VXLAN: UDP over IPv6 inside",
            Vxlan(42).InnerEthernet().Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.Vxlan, 42, T, U)
        },
        {
            "VXLAN: ICMP inside",
            Vxlan(42).InnerEthernet().Ip4(A, B).Icmp(8).Payload(56),
            Expect.Icmp(A, B, 8).In(TunnelKind.Vxlan, 42, T, U)
        },
        { "VXLAN: ARP inside", Vxlan(42).InnerEthernet().Arp(1, A, B), Expect.Arp(A, B).In(TunnelKind.Vxlan, 42, T, U) },
        {
            "VXLAN: neighbour solicitation inside",
            Vxlan(42).InnerEthernet().Ip6("fe80::1", "ff02::1:ff00:2", hopLimit: 255).Icmp6(135).Payload(new byte[16]),
            Expect.Icmp("fe80::1", "ff02::1:ff00:2", 135).In(TunnelKind.Vxlan, 42, T, U)
        },
        {
            "VXLAN: LLDP inside",
            Vxlan(42).InnerEthernet(EtherType.Lldp).Payload(Payloads.Lldp),
            Expect.NonIp(EtherType.Lldp).In(TunnelKind.Vxlan, 42, T, U)
        },
        {
            "VXLAN: a VLAN tag inside names nothing outside",
            Vxlan(42).InnerEthernet().Vlan(80).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 42, T, U)
        },
        {
            "VXLAN: QinQ inside",
            Vxlan(42).InnerEthernet().ServiceVlan(81).Vlan(82).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 42, T, U)
        },
        {
            "VXLAN: three tags inside are more than are followed",
            Vxlan(42).InnerEthernet().Vlan(1).Vlan(2).Vlan(3).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        {
            "VXLAN in QinQ with QinQ inside",
            Frame.Ethernet().ServiceVlan(83).Vlan(84).Ip4(T, U).Udp(50000, Frame.VxlanPort).Vxlan(9).InnerEthernet().ServiceVlan(85)
                .Vlan(86).Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.Vxlan, 9, T, U).Tagged(83, 84)
        },
        { "VXLAN with VNI 0", Vxlan(0).InnerEthernet().Ip4(A, B).Udp(5000, 53), Expect.Udp(A, 5000, B, 53).In(TunnelKind.Vxlan, 0, T, U) },
        {
            "VXLAN with the greatest VNI",
            Vxlan(0xffffff).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Vxlan, 0xffffff, T, U)
        },
        {
            "VXLAN over IPv6",
            Frame.Ethernet().Ip6(T6, U6).Udp(50000, Frame.VxlanPort).Vxlan(43).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 43, T6, U6)
        },
        {
            "VXLAN over IPv6 with IPv6 inside",
            Frame.Ethernet().Ip6(T6, U6).Udp(50000, Frame.VxlanPort).Vxlan(44).InnerEthernet().Ip6(A6, B6).Tcp(40000, 443),
            Expect.Tcp(A6, 40000, B6, 443, TcpFlags.Ack).In(TunnelKind.Vxlan, 44, T6, U6)
        },
        {
            "VXLAN without UDP checksum",
            Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort, checksum: false).Vxlan(45).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 45, T, U)
        },
        {
            "VXLAN on the port that Linux used first",
            Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.LinuxVxlanPort).Vxlan(46).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 46, T, U)
        },
        {
            "VXLAN from its own port",
            Frame.Ethernet().Ip4(T, U).Udp(Frame.VxlanPort, Frame.VxlanPort).Vxlan(47).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 47, T, U)
        },
        {
            "VXLAN behind IPv4 options",
            Frame.Ethernet().Ip4(T, U, Ip4Options.RouterAlert).Udp(50000, Frame.VxlanPort).Vxlan(48).InnerEthernet().Ip4(A, B)
                .Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 48, T, U)
        },
        {
            "VXLAN with all other flag bits set beside I",
            Vxlan(49, 0xff).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 49, T, U)
        },
        {
            "VXLAN: padding inside, after the inner packet",
            Vxlan(50).InnerEthernet().Ip4(A, B, totalLength: 28).Udp(5000, 53, length: 8).Payload(18),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Vxlan, 50, T, U)
        },
        {
            "VXLAN: first fragment inside",
            Vxlan(51).InnerEthernet().Ip4(A, B, id: 701, moreFragments: true).Udp(5000, 53).Payload(64),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Vxlan, 51, T, U)
        },
        {
            "VXLAN's port without the I flag is ordinary UDP",
            Vxlan(52, 0).Payload(Frame.Ethernet().Ip4(A, B).Tcp(40000, 80)),
            Expect.Udp(T, 50000, U, Frame.VxlanPort)
        },
        {
            "VXLAN's port with every flag but I is ordinary UDP",
            Vxlan(53, 0xf7).Payload(Frame.Ethernet().Ip4(A, B).Tcp(40000, 80)),
            Expect.Udp(T, 50000, U, Frame.VxlanPort)
        },
        {
            "VXLAN's port over IPv6 without the I flag is ordinary UDP",
            Frame.Ethernet().Ip6(T6, U6).Udp(50000, Frame.VxlanPort).Vxlan(57, 0).Payload(64),
            Expect.Udp(T6, 50000, U6, Frame.VxlanPort)
        },
        {
            "VXLAN's port without payload is cut",
            Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort),
            Expect.Unparsed(UnparsedReason.Short)
        },
        { "VXLAN with nothing inside is cut", Vxlan(54), Expect.Unparsed(UnparsedReason.Short) },
        {
            "VXLAN with the inner TCP header cut",
            Vxlan(55).InnerEthernet().Ip4(A, B).Tcp(40000, 80).CutTo(-4),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "VXLAN with a wrong IP version inside",
            Vxlan(56).InnerEthernet().Ip4(A, B, version: 6).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
    };

    private static Frame Vxlan(uint vni, byte flags = 8) => Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort).Vxlan(vni, flags);
}
