using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>VLAN tags, and everything on Ethernet that is neither IP nor ARP.</summary>
internal static class LinkPackets
{
    public static Section All { get; } = new()
    {
        {
            "TCP in one customer tag",
            Frame.Ethernet().Vlan(100).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).Tagged(100)
        },
        {
            "UDP over IPv6 in one customer tag",
            Frame.Ethernet().Vlan(4094).Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).Tagged(4094)
        },
        { "VLAN id 1", Frame.Ethernet().Vlan(1).Ip4(A, B).Udp(1, 2), Expect.Udp(A, 1, B, 2).Tagged(1) },
        {
            "VLAN id 4095 with the highest priority and drop eligible",
            Frame.Ethernet().Vlan(4095, 7, true).Ip4(A, B).Udp(1, 2),
            Expect.Udp(A, 1, B, 2).Tagged(4095)
        },
        { "A priority tag has VLAN id 0", Frame.Ethernet().Vlan(0, 5).Ip4(A, B).Tcp(40000, 80), Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack) },
        {
            "QinQ: service tag, then customer tag",
            Frame.Ethernet().ServiceVlan(200).Vlan(300).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).Tagged(200, 300)
        },
        { "QinQ over IPv6", Frame.Ethernet().ServiceVlan(201).Vlan(301).Ip6(A6, B6).Udp(7, 9), Expect.Udp(A6, 7, B6, 9).Tagged(201, 301) },
        { "QinQ of two customer tags", Frame.Ethernet().Vlan(10).Vlan(20).Ip4(A, B).Udp(7, 9), Expect.Udp(A, 7, B, 9).Tagged(10, 20) },
        {
            "QinQ of two service tags",
            Frame.Ethernet().ServiceVlan(11).ServiceVlan(21).Ip4(A, B).Udp(7, 9),
            Expect.Udp(A, 7, B, 9).Tagged(11, 21)
        },
        { "A service tag alone", Frame.Ethernet().ServiceVlan(77).Ip4(A, B).Udp(7, 9), Expect.Udp(A, 7, B, 9).Tagged(77) },
        {
            "A priority tag around a customer tag",
            Frame.Ethernet().Vlan(0, 6).Vlan(42).Ip4(A, B).Udp(7, 9),
            Expect.Udp(A, 7, B, 9).Tagged(0, 42)
        },
        { "ARP in a customer tag", Frame.Ethernet().Vlan(100).Arp(1, A, B), Expect.Arp(A, B).Tagged(100) },
        {
            "LLDP in a customer tag",
            Frame.Ethernet().Vlan(100, type: EtherType.Lldp).Payload(Payloads.Lldp),
            Expect.NonIp(EtherType.Lldp).Tagged(100)
        },
        { "LLC in a customer tag", Frame.Ethernet().Vlan(100, type: 38).Payload(Payloads.SpanningTree), Expect.NonIp(38).Tagged(100) },
        {
            "Three customer tags are more than are followed",
            Frame.Ethernet().Vlan(1).Vlan(2).Vlan(3).Ip4(A, B).Udp(7, 9),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        {
            "A service tag and two customer tags are more than are followed",
            Frame.Ethernet().ServiceVlan(1).Vlan(2).Vlan(3).Ip6(A6, B6).Tcp(7, 9),
            Expect.Unparsed(UnparsedReason.TooDeep)
        },
        {
            "The old QinQ EtherType 0x9100 is not a tag",
            Frame.Ethernet(EtherType.OldQinQ).Payload([0, 5, 8, 0, .. Payloads.Ip4]),
            Expect.NonIp(EtherType.OldQinQ)
        },

        { "LLDP", Frame.Ethernet(EtherType.Lldp, Payloads.LldpMulticast).Payload(Payloads.Lldp).PadTo(60), Expect.NonIp(EtherType.Lldp) },
        {
            "Spanning tree: IEEE 802.3 with LLC",
            Frame.Ethernet802Dot3(destination: Payloads.BridgeMulticast).Payload(Payloads.SpanningTree).PadTo(60),
            Expect.NonIp(38)
        },
        {
            "Cisco discovery: IEEE 802.3 with SNAP",
            Frame.Ethernet802Dot3().Payload([0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0, 2, 180, 0xfd, 0x4b]).PadTo(60),
            Expect.NonIp(12)
        },
        {
            "IP in SNAP is not followed",
            Frame.Ethernet802Dot3().Payload([0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Payloads.Ip4]),
            Expect.NonIp(40)
        },
        {
            "IS-IS: IEEE 802.3 with LLC",
            Frame.Ethernet802Dot3().Payload([0xfe, 0xfe, 3, 0x83, 27, 1, 0, 17, 1, 0, 0, .. new byte[40]]),
            Expect.NonIp(51)
        },
        { "An IEEE 802.3 length of zero", Frame.Ethernet802Dot3(0).PadTo(60), Expect.NonIp(0) },
        { "The largest IEEE 802.3 length", Frame.Ethernet802Dot3(1500).Payload(1500), Expect.NonIp(1500) },
        { "EAPOL start", Frame.Ethernet(EtherType.Eapol).Payload([2, 1, 0, 0]).PadTo(60), Expect.NonIp(EtherType.Eapol) },
        {
            "PPPoE discovery",
            Frame.Ethernet(EtherType.PppoeDiscovery).Payload([0x11, 9, 0, 0, 0, 4, 1, 1, 0, 0]).PadTo(60),
            Expect.NonIp(EtherType.PppoeDiscovery)
        },
        {
            "PPPoE session with IPv4 inside is not followed",
            Frame.Ethernet(EtherType.PppoeSession).Payload([0x11, 0, 0, 7, 0, 34, 0, 0x21, .. Payloads.Ip4]),
            Expect.NonIp(EtherType.PppoeSession)
        },
        {
            "MPLS with IPv4 inside is not followed",
            Frame.Ethernet(EtherType.Mpls).Payload([0, 1, 0x21, 64, .. Payloads.Ip4]),
            Expect.NonIp(EtherType.Mpls)
        },
        {
            "MPLS with two labels",
            Frame.Ethernet(EtherType.Mpls).Payload([0, 1, 0x20, 64, 0, 2, 0x21, 64, .. Payloads.Ip4]),
            Expect.NonIp(EtherType.Mpls)
        },
        {
            "MPLS with an upstream-assigned label",
            Frame.Ethernet(EtherType.MplsUpstream).Payload([0, 1, 0x21, 64, .. Payloads.Ip4]),
            Expect.NonIp(EtherType.MplsUpstream)
        },
        { "Loop-back test", Frame.Ethernet(EtherType.Loop).Payload([0, 0, 1, 0, 0, 0]).PadTo(60), Expect.NonIp(EtherType.Loop) },
        {
            "Ethernet pause",
            Frame.Ethernet(EtherType.FlowControl).Payload([0, 1, 0xff, 0xff]).PadTo(60),
            Expect.NonIp(EtherType.FlowControl)
        },
        { "LACP", Frame.Ethernet(EtherType.SlowProtocols).Payload([1, 1, 1, 20, .. new byte[106]]), Expect.NonIp(EtherType.SlowProtocols) },
        {
            "Wake on LAN",
            Frame.Ethernet(EtherType.WakeOnLan).Payload([.. Enumerable.Repeat((byte)0xff, 6), .. new byte[96]]),
            Expect.NonIp(EtherType.WakeOnLan)
        },
        {
            "Precision time protocol on Ethernet",
            Frame.Ethernet(EtherType.Ptp).Payload([0, 2, 0, 44, .. new byte[40]]),
            Expect.NonIp(EtherType.Ptp)
        },
        {
            "MACsec hides what it carries",
            Frame.Ethernet(EtherType.MacSec).Payload([0x2c, 0, 0, 0, 0, 1, .. new byte[60]]),
            Expect.NonIp(EtherType.MacSec)
        },
        {
            "RARP is not ARP",
            Frame.Ethernet(EtherType.Rarp).Payload([0, 1, 8, 0, 6, 4, 0, 3, .. new byte[20]]).PadTo(60),
            Expect.NonIp(EtherType.Rarp)
        },
        { "An experimental EtherType", Frame.Ethernet(EtherType.Experimental).Payload(46), Expect.NonIp(EtherType.Experimental) },
        { "An Ethernet header and nothing else", Frame.Ethernet(EtherType.Experimental), Expect.NonIp(EtherType.Experimental) },
    };
}
