using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>ICMP: keyed by type and code of the outer message, never by the packet that it quotes.</summary>
internal static class Icmp4Packets
{
    public static Section All { get; } = new()
    {
        { "ICMP echo request", Frame.Ethernet().Ip4(A, B).Icmp(8, 0, 0x12340001).Payload(56), Expect.Icmp(A, B, 8) },
        { "ICMP echo reply", Frame.Ethernet().Ip4(B, A).Icmp(0, 0, 0x12340001).Payload(56), Expect.Icmp(B, A, 0) },
        { "ICMP echo request without data, padded", Frame.Ethernet().Ip4(A, B).Icmp(8).PadTo(60), Expect.Icmp(A, B, 8) },
        { "ICMP port unreachable quotes UDP", Frame.Ethernet().Ip4(A, B).Icmp(3, 3).Payload(Payloads.QuotedUdp4), Expect.Icmp(A, B, 3, 3) },
        { "ICMP host unreachable quotes TCP", Frame.Ethernet().Ip4(A, B).Icmp(3, 1).Payload(Payloads.QuotedTcp4), Expect.Icmp(A, B, 3, 1) },
        {
            "ICMP fragmentation needed quotes TCP",
            Frame.Ethernet().Ip4("203.0.113.1", B).Icmp(3, 4, 1400).Payload(Payloads.QuotedTcp4),
            Expect.Icmp("203.0.113.1", B, 3, 4)
        },
        {
            "ICMP time exceeded quotes UDP",
            Frame.Ethernet().Ip4("203.0.113.1", B).Icmp(11).Payload(Payloads.QuotedUdp4),
            Expect.Icmp("203.0.113.1", B, 11)
        },
        {
            "ICMP redirect quotes TCP",
            Frame.Ethernet().Ip4("203.0.113.1", B).Icmp(5, 1, 0xc0000201).Payload(Payloads.QuotedTcp4),
            Expect.Icmp("203.0.113.1", B, 5, 1)
        },
        {
            "ICMP parameter problem",
            Frame.Ethernet().Ip4(A, B).Icmp(12, 0, 0x14000000).Payload(Payloads.QuotedUdp4),
            Expect.Icmp(A, B, 12)
        },
        {
            "ICMP unreachable quotes a tunnel",
            Frame.Ethernet().Ip4(A, B).Icmp(3, 1).Payload(Frame.Bare().Ip4(B, A).Ip4(U, T).Udp(1, 2)),
            Expect.Icmp(A, B, 3, 1)
        },
        { "ICMP timestamp request", Frame.Ethernet().Ip4(A, B).Icmp(13).Payload(12), Expect.Icmp(A, B, 13) },
        { "ICMP router solicitation", Frame.Ethernet().Ip4(A, "224.0.0.2", ttl: 1).Icmp(10), Expect.Icmp(A, "224.0.0.2", 10) },
        { "ICMP of an unknown type and code", Frame.Ethernet().Ip4(A, B).Icmp(253, 251).Payload(8), Expect.Icmp(A, B, 253, 251) },
        {
            "ICMP's number over IPv6 is keyed like ICMP",
            Frame.Ethernet().Ip6(A6, B6).Message(IpProtocol.Icmp, [8, 0, 0xf7, 0xff, 0, 0, 0, 0], keyBytes: 4),
            Expect.Ip(A6, B6, IpProtocol.Icmp) with { DestinationPort = 0x0800 }
        },
        { "ICMP echo in QinQ", Frame.Ethernet().ServiceVlan(5).Vlan(6).Ip4(A, B).Icmp(8).Payload(16), Expect.Icmp(A, B, 8).Tagged(5, 6) },
    };
}
