using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>IP headers that contradict themselves, or claim less than what stands above them.</summary>
internal static class MalformedIpPackets
{
    public static Section All { get; } = new()
    {
        {
            "IPv4 with a header length of four words",
            Frame.Ethernet().Ip4(A, B, ihl: 4).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
        { "IPv4 with a header length of zero", Frame.Ethernet().Ip4(A, B, ihl: 0).Tcp(40000, 80), Expect.Unparsed(UnparsedReason.Header) },
        { "IPv4 with version 5", Frame.Ethernet().Ip4(A, B, version: 5).Tcp(40000, 80), Expect.Unparsed(UnparsedReason.Header) },
        { "IPv4 with version 0", Frame.Ethernet().Ip4(A, B, version: 0).Tcp(40000, 80), Expect.Unparsed(UnparsedReason.Header) },
        { "IPv6 under IPv4's EtherType", Frame.Ethernet(EtherType.Ip4).Ip6(A6, B6).Udp(5000, 53), Expect.Unparsed(UnparsedReason.Header) },
        {
            "IPv4 under IPv6's EtherType",
            Frame.Ethernet(EtherType.Ip6).Ip4(A, B).Tcp(40000, 80).Payload(20),
            Expect.Unparsed(UnparsedReason.Header)
        },
        { "IPv6 with version 7", Frame.Ethernet().Ip6(A6, B6, version: 7).Udp(5000, 53), Expect.Unparsed(UnparsedReason.Header) },
        {
            "IPv4 with a total length of 19",
            Frame.Ethernet().Ip4(A, B, totalLength: 19).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "IPv4 with a total length less than its options reach",
            Frame.Ethernet().Ip4(A, B, Ip4Options.RecordRoute(9), totalLength: 40).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "IPv4 whose header length reaches beyond the frame",
            Frame.Ethernet().Ip4(A, B, ihl: 15),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "IPv4 whose total length ends with its header",
            Frame.Ethernet().Ip4(A, B, totalLength: 20).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv4 whose total length ends within TCP's ports",
            Frame.Ethernet().Ip4(A, B, totalLength: 22).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv4 whose total length ends within TCP's header, padding behind",
            Frame.Ethernet().Ip4(A, B, totalLength: 39).Tcp(40000, 80).PadTo(60),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv4 whose total length ends within UDP's header",
            Frame.Ethernet().Ip4(A, B, totalLength: 27).Udp(5000, 53).Payload(20),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv4 whose total length ends within ICMP's first four bytes",
            Frame.Ethernet().Ip4(A, B, totalLength: 23).Icmp(8),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv6 whose payload length ends within TCP's header",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 10).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv6 whose payload length ends within UDP's header",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 7).Udp(5000, 53).Payload(20),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv6 whose payload length ends within its hop-by-hop options",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 6).HopByHop().Udp(5000, 53),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv6 whose payload length ends with its hop-by-hop options",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 8).HopByHop().Udp(5000, 53),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv6 whose hop-by-hop options reach beyond the packet",
            Frame.Ethernet().Ip6(A6, B6).HopByHop(length: 200).Udp(5000, 53),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "IPv6 of payload length zero with UDP behind it",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 0).Udp(5000, 53),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "4in4 whose inner header length is three words",
            Frame.Ethernet().Ip4(T, U).Ip4(A, B, ihl: 3).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "4in4 whose outer total length ends within the inner header",
            Frame.Ethernet().Ip4(T, U, totalLength: 30).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "4in4 whose outer total length ends within the inner TCP header",
            Frame.Ethernet().Ip4(T, U, totalLength: 50).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Short)
        },
        {
            "6in4 with IPv4 inside",
            Frame.Ethernet().Ip4(T, U, protocol: IpProtocol.Ip6).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
        {
            "GRE that says IPv6 with IPv4 inside",
            Frame.Ethernet().Ip4(T, U).Gre(type: EtherType.Ip6).Ip4(A, B).Tcp(40000, 80),
            Expect.Unparsed(UnparsedReason.Header)
        },
    };
}
