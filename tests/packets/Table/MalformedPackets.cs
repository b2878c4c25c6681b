using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Transport headers that contradict themselves.</summary>
internal static class MalformedPackets
{
    public static Section All { get; } = new()
    {
        {
            "TCP with a header length of four words",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, dataOffset: 4),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP with a header length of zero",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, dataOffset: 0).Payload(100),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP whose header length reaches beyond the packet",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, dataOffset: 15),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP whose header length reaches into the padding",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, dataOffset: 6).PadTo(60),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP over IPv6 with a header length of three words",
            Frame.Ethernet().Ip6(A6, B6).Tcp(40000, 80, dataOffset: 3),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP over IPv6 whose header length reaches beyond the packet",
            Frame.Ethernet().Ip6(A6, B6).Tcp(40000, 80, dataOffset: 8),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP in VXLAN with a header length of two words",
            Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort).Vxlan(5).InnerEthernet().Ip4(A, B).Tcp(40000, 80, dataOffset: 2),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "TCP in a tag with a header length of one word",
            Frame.Ethernet().Vlan(5).Ip4(A, B).Tcp(40000, 80, dataOffset: 1),
            Expect.Unparsed(UnparsedReason.Header)
        },
    };
}
