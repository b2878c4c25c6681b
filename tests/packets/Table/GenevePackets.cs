using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Geneve, with options and without, with Ethernet and IP inside.</summary>
internal static class GenevePackets
{
    public static Section All { get; } = new()
    {
        {
            "Geneve: Ethernet and TCP inside",
            Udp().Geneve(42).InnerEthernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, TcpOptions.LinuxSyn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn).In(TunnelKind.Geneve, 42, T, U)
        },
        {
            "Geneve: Ethernet and UDP over IPv6 inside",
            Udp().Geneve(42).InnerEthernet().Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.Geneve, 42, T, U)
        },
        {
            "Geneve: IPv4 inside without Ethernet",
            Udp().Geneve(43).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Geneve, 43, T, U)
        },
        {
            "Geneve: IPv6 inside without Ethernet",
            Udp().Geneve(43).Ip6(A6, B6).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack).In(TunnelKind.Geneve, 43, T, U)
        },
        {
            "Geneve with one option",
            Udp().Geneve(44, Option(1)).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Geneve, 44, T, U)
        },
        {
            "Geneve with three options",
            Udp().Geneve(44, [.. Option(0), .. Option(1), .. Option(4)]).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 44, T, U)
        },
        {
            "Geneve with a critical option",
            Udp().Geneve(45, Option(2, critical: true), critical: true).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 45, T, U)
        },
        {
            "Geneve with 252 bytes of options, the most",
            Udp().Geneve(46, [.. Option(31), .. Option(30)]).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 46, T, U)
        },
        {
            "Geneve control message with Ethernet inside",
            Udp().Geneve(47, control: true).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 47, T, U)
        },
        {
            "Geneve: a VLAN tag inside names nothing outside",
            Udp().Geneve(48).InnerEthernet().Vlan(90).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 48, T, U)
        },
        { "Geneve: ARP inside", Udp().Geneve(48).InnerEthernet().Arp(2, A, B), Expect.Arp(A, B).In(TunnelKind.Geneve, 48, T, U) },
        {
            "Geneve: ICMPv6 inside",
            Udp().Geneve(48).InnerEthernet().Ip6(A6, B6).Icmp6(129).Payload(8),
            Expect.Icmp(A6, B6, 129).In(TunnelKind.Geneve, 48, T, U)
        },
        {
            "Geneve with VNI 0",
            Udp().Geneve(0).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 0, T, U)
        },
        {
            "Geneve with the greatest VNI",
            Udp().Geneve(0xffffff, Option(1)).InnerEthernet().Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 0xffffff, T, U)
        },
        {
            "Geneve over IPv6",
            Frame.Ethernet().Ip6(T6, U6).Udp(50000, Frame.GenevePort).Geneve(49, Option(1)).InnerEthernet().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Geneve, 49, T6, U6)
        },
        {
            "Geneve over IPv6 with IPv6 inside",
            Frame.Ethernet().Ip6(T6, U6).Udp(50000, Frame.GenevePort).Geneve(50).InnerEthernet().Ip6(A6, B6).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack).In(TunnelKind.Geneve, 50, T6, U6)
        },
        {
            "Geneve in QinQ",
            Frame.Ethernet().ServiceVlan(91).Vlan(92).Ip4(T, U).Udp(50000, Frame.GenevePort).Geneve(51).InnerEthernet().Ip4(A, B)
                .Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.Geneve, 51, T, U).Tagged(91, 92)
        },
        {
            "Geneve of another version is ordinary UDP",
            Udp().Geneve(52, version: 1, type: EtherType.Ip4).Payload(Payloads.Ip4),
            Expect.Udp(T, 50000, U, Frame.GenevePort)
        },
        {
            "Geneve with MPLS inside is ordinary UDP",
            Udp().Geneve(53, type: EtherType.Mpls).Payload([0, 1, 0x21, 64, .. Payloads.Ip4]),
            Expect.Udp(T, 50000, U, Frame.GenevePort)
        },
        { "Geneve's port without payload is cut", Udp(), Expect.Unparsed(UnparsedReason.Short) },
        {
            "Geneve with its options cut",
            Udp().Geneve(54, Option(4), EtherType.TransparentBridging).CutTo(-4),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "Geneve with the inner IP header cut",
            Udp().Geneve(55, Option(1)).InnerEthernet().Ip4(A, B).CutTo(-1),
            Expect.Unparsed(UnparsedReason.Short)
        },
    };

    private static Frame Udp() => Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.GenevePort);

    /// <summary>An option of the experimental class with that many words of data.</summary>
    private static byte[] Option(int words, bool critical = false) =>
        [0xff, 0xff, (byte)(critical ? 0x81 : 0x01), (byte)words, .. Enumerable.Repeat((byte)0x6e, 4 * words)];
}
