using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Frames that end within a header, one for each kind of header.</summary>
internal static class CutPackets
{
    public static Section All { get; } = new()
    {
        { "Cut after the Ethernet header of IPv4", Frame.Ethernet().Ip4(A, B).Tcp(1, 2).CutTo(14), Expect.Unparsed(UnparsedReason.Short) },
        {
            "Cut after the Ethernet header of IPv6",
            Frame.Ethernet().Ip6(A6, B6).Tcp(1, 2).CutTo(14),
            Expect.Unparsed(UnparsedReason.Short)
        },
        { "Cut within a VLAN tag", Frame.Ethernet().Vlan(5).Ip4(A, B).CutTo(16), Expect.Unparsed(UnparsedReason.Short) },
        {
            "Cut within the second VLAN tag",
            Frame.Ethernet().ServiceVlan(5).Vlan(6).Ip4(A, B).CutTo(21),
            Expect.Unparsed(UnparsedReason.Short)
        },
        { "Cut within ARP's addresses", Frame.Ethernet().Arp(1, A, B).CutTo(30), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within ARP's first eight bytes", Frame.Ethernet().Arp(1, A, B).CutTo(20), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within the IPv4 header", Frame.Ethernet().Ip4(A, B).Tcp(1, 2).CutTo(33), Expect.Unparsed(UnparsedReason.Short) },
        {
            "Cut within IPv4's options",
            Frame.Ethernet().Ip4(A, B, Ip4Options.RecordRoute(9)).Tcp(1, 2).CutTo(50),
            Expect.Unparsed(UnparsedReason.Short)
        },
        { "Cut within the IPv6 header", Frame.Ethernet().Ip6(A6, B6).Tcp(1, 2).CutTo(53), Expect.Unparsed(UnparsedReason.Short) },
        {
            "Cut within an IPv6 extension header",
            Frame.Ethernet().Ip6(A6, B6).DestinationOptions(Ip6Options.Padding(30)).Tcp(1, 2).CutTo(60),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "Cut within IPv6's fragment header",
            Frame.Ethernet().Ip6(A6, B6).Fragment(9, 1448).Udp(1, 2).CutTo(60),
            Expect.Unparsed(UnparsedReason.Short)
        },
        { "Cut within AH", Frame.Ethernet().Ip4(A, B).Authentication().Tcp(1, 2).CutTo(45), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut between TCP's ports and its flags", Frame.Ethernet().Ip4(A, B).Tcp(1, 2).CutTo(38), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within TCP's ports", Frame.Ethernet().Ip4(A, B).Tcp(1, 2).CutTo(37), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within UDP's header", Frame.Ethernet().Ip4(A, B).Udp(1, 2).CutTo(41), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within UDP's header over IPv6", Frame.Ethernet().Ip6(A6, B6).Udp(1, 2).CutTo(59), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within UDP-Lite's header", Frame.Ethernet().Ip4(A, B).UdpLite(1, 2).CutTo(40), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within SCTP's common header", Frame.Ethernet().Ip4(A, B).Sctp(1, 2).CutTo(45), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within DCCP's header", Frame.Ethernet().Ip4(A, B).Dccp(1, 2, 2).CutTo(44), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within ICMP's checksum", Frame.Ethernet().Ip4(A, B).Icmp(8).CutTo(37), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within ICMPv6's type and code", Frame.Ethernet().Ip6(A6, B6).Icmp6(128).CutTo(55), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within GRE's first word", Frame.Ethernet().Ip4(T, U).Gre().Ip4(A, B).CutTo(36), Expect.Unparsed(UnparsedReason.Short) },
        { "Cut within GRE's key", Frame.Ethernet().Ip4(T, U).Gre(key: 1).Ip4(A, B).CutTo(40), Expect.Unparsed(UnparsedReason.Short) },
        {
            "Cut within VXLAN's header",
            Frame.Ethernet().Ip4(T, U).Udp(1, Frame.VxlanPort).Vxlan(1).InnerEthernet().Ip4(A, B).CutTo(49),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "Cut within the inner Ethernet header",
            Frame.Ethernet().Ip4(T, U).Udp(1, Frame.VxlanPort).Vxlan(1).InnerEthernet().Ip4(A, B).CutTo(63),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "Cut within Geneve's header",
            Frame.Ethernet().Ip4(T, U).Udp(1, Frame.GenevePort).Geneve(1).InnerEthernet().Ip4(A, B).CutTo(45),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "Cut within the inner IPv6 header of 6in4",
            Frame.Ethernet().Ip4(T, U).Ip6(A6, B6).Udp(1, 2).CutTo(60),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "Cut within the ICMP error's quote is still that error",
            Frame.Ethernet().Ip4(A, B).Icmp(3, 3).Payload(Payloads.QuotedUdp4).CutTo(50),
            Expect.Icmp(A, B, 3, 3)
        },
        {
            "Cut within TCP's payload is still that flow",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Psh | TcpFlags.Ack).Payload(1000).CutTo(96),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Psh | TcpFlags.Ack)
        },
    };
}
