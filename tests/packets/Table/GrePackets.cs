using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>GRE with each optional field, with IP, Ethernet and strangers inside.</summary>
internal static class GrePackets
{
    public static Section All { get; } = new()
    {
        {
            "GRE: IPv4 inside",
            Frame.Ethernet().Ip4(T, U).Gre().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRE: IPv6 inside",
            Frame.Ethernet().Ip4(T, U).Gre().Ip6(A6, B6).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRE with a key",
            Frame.Ethernet().Ip4(T, U).Gre(key: 0xdeadbeef).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 0xdeadbeef, T, U)
        },
        {
            "GRE with a key of zero",
            Frame.Ethernet().Ip4(T, U).Gre(key: 0).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRE with a checksum",
            Frame.Ethernet().Ip4(T, U).Gre(checksum: true).Ip4(A, B).Udp(5000, 53).Payload(4),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRE with a sequence number",
            Frame.Ethernet().Ip4(T, U).Gre(sequence: 77).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRE with checksum and key",
            Frame.Ethernet().Ip4(T, U).Gre(key: 5, checksum: true).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 5, T, U)
        },
        {
            "GRE with key and sequence number",
            Frame.Ethernet().Ip4(T, U).Gre(key: 6, sequence: 1).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 6, T, U)
        },
        {
            "GRE with checksum, key and sequence number",
            Frame.Ethernet().Ip4(T, U).Gre(7, true, 2).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 7, T, U)
        },
        {
            "GRE over IPv6",
            Frame.Ethernet().Ip6(T6, U6).Gre(key: 8).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 8, T6, U6)
        },
        {
            "GRE over IPv6 with IPv6 inside",
            Frame.Ethernet().Ip6(T6, U6).Gre().Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.Gre, 0, T6, U6)
        },
        {
            "GRE behind an encapsulation limit over IPv6",
            Frame.Ethernet().Ip6(T6, U6).DestinationOptions([4, 1, 4, 1, 1, 0]).Gre().Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.Gre, 0, T6, U6)
        },
        {
            "GRE in a customer tag",
            Frame.Ethernet().Vlan(60).Ip4(T, U).Gre().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Gre, 0, T, U).Tagged(60)
        },
        {
            "GRE: ICMP inside",
            Frame.Ethernet().Ip4(T, U).Gre().Ip4(A, B).Icmp(8).Payload(8),
            Expect.Icmp(A, B, 8).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRETAP: Ethernet and TCP inside",
            Frame.Ethernet().Ip4(T, U).Gre().InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRETAP: a VLAN tag inside names nothing outside",
            Frame.Ethernet().Ip4(T, U).Gre().InnerEthernet().Vlan(70).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRETAP: QinQ inside, a tag outside",
            Frame.Ethernet().Vlan(71).Ip4(T, U).Gre().InnerEthernet().ServiceVlan(72).Vlan(73).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0, T, U).Tagged(71)
        },
        {
            "GRETAP: ARP inside",
            Frame.Ethernet().Ip4(T, U).Gre().InnerEthernet().Arp(1, A, B),
            Expect.Arp(A, B).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRETAP: LLDP inside",
            Frame.Ethernet().Ip4(T, U).Gre().InnerEthernet(EtherType.Lldp).Payload(Payloads.Lldp),
            Expect.NonIp(EtherType.Lldp).In(TunnelKind.Gre, 0, T, U)
        },
        {
            "GRETAP over IPv6 with IPv6 inside",
            Frame.Ethernet().Ip6(T6, U6).Gre(key: 9).InnerEthernet().Ip6(A6, B6).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack).In(TunnelKind.Gre, 9, T6, U6)
        },
        {
            "NVGRE: the id is the whole key, subnet and flow",
            Frame.Ethernet().Ip4(T, U).Gre(key: 0x00123407).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Gre, 0x00123407, T, U)
        },
        {
            "GRE version 1 (PPTP) stays a flow of GRE",
            Frame.Ethernet().Ip4(T, U).Gre(key: 0x00080001, sequence: 1, type: 0x880b, flags: 1).Payload(8),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
        {
            "GRE with source routing stays a flow of GRE",
            Frame.Ethernet().Ip4(T, U).Gre(type: EtherType.Ip4, flags: 0x4000).Payload([0, 0, 0, 0, 0, 0, 0, 0, .. Payloads.Ip4]),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
        {
            "GRE with MPLS inside stays a flow of GRE",
            Frame.Ethernet().Ip4(T, U).Gre(type: EtherType.Mpls).Payload([0, 1, 0x21, 64, .. Payloads.Ip4]),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
        {
            "ERSPAN stays a flow of GRE",
            Frame.Ethernet().Ip4(T, U).Gre(sequence: 5, type: EtherType.Erspan)
                .Payload([0x10, 1, 0, 1, 0, 0, 0, 0, .. Frame.Ethernet().Ip4(A, B).Udp(1, 2).Build()]),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
        { "GRE keep-alive has nothing inside", Frame.Ethernet().Ip4(T, U).Gre(type: 0), Expect.Ip(T, U, IpProtocol.Gre) },
        {
            "GRE with ARP inside stays a flow of GRE",
            Frame.Ethernet().Ip4(T, U).Gre(type: EtherType.Arp).Payload(Frame.Bare().Arp(1, A, B)),
            Expect.Ip(T, U, IpProtocol.Gre)
        },
    };
}
