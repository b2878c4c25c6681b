using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>ICMPv6: neighbour discovery, multicast listeners, errors.</summary>
internal static class Icmp6Packets
{
    public static Section All { get; } = new()
    {
        { "ICMPv6 echo request", Frame.Ethernet().Ip6(A6, B6).Icmp6(128, 0, 0x12340001).Payload(56), Expect.Icmp(A6, B6, 128) },
        { "ICMPv6 echo reply", Frame.Ethernet().Ip6(B6, A6).Icmp6(129, 0, 0x12340001).Payload(56), Expect.Icmp(B6, A6, 129) },
        {
            "Neighbour solicitation",
            Frame.Ethernet().Ip6("fe80::1", "ff02::1:ff00:2", hopLimit: 255).Icmp6(135)
                .Payload([0xfe, 0x80, .. new byte[13], 2, 1, 1, 2, 0, 0, 0, 0, 1]),
            Expect.Icmp("fe80::1", "ff02::1:ff00:2", 135)
        },
        {
            "Neighbour advertisement",
            Frame.Ethernet().Ip6("fe80::2", "fe80::1", hopLimit: 255).Icmp6(136, 0, 0x60000000)
                .Payload([0xfe, 0x80, .. new byte[13], 2, 2, 1, 2, 0, 0, 0, 0, 2]),
            Expect.Icmp("fe80::2", "fe80::1", 136)
        },
        {
            "Router solicitation from no address",
            Frame.Ethernet().Ip6("::", "ff02::2", hopLimit: 255).Icmp6(133),
            Expect.Icmp("::", "ff02::2", 133)
        },
        {
            "Router advertisement",
            Frame.Ethernet().Ip6("fe80::1", "ff02::1", hopLimit: 255).Icmp6(134, 0, 0x40000708).Payload(new byte[8]),
            Expect.Icmp("fe80::1", "ff02::1", 134)
        },
        {
            "ICMPv6 port unreachable quotes UDP",
            Frame.Ethernet().Ip6(A6, B6).Icmp6(1, 4).Payload(Payloads.QuotedUdp6),
            Expect.Icmp(A6, B6, 1, 4)
        },
        {
            "ICMPv6 packet too big quotes TCP",
            Frame.Ethernet().Ip6(T6, B6).Icmp6(2, 0, 1280).Payload(Payloads.QuotedTcp6),
            Expect.Icmp(T6, B6, 2)
        },
        { "ICMPv6 time exceeded quotes TCP", Frame.Ethernet().Ip6(T6, B6).Icmp6(3).Payload(Payloads.QuotedTcp6), Expect.Icmp(T6, B6, 3) },
        {
            "ICMPv6 parameter problem quotes UDP",
            Frame.Ethernet().Ip6(T6, B6).Icmp6(4, 1, 40).Payload(Payloads.QuotedUdp6),
            Expect.Icmp(T6, B6, 4, 1)
        },
        {
            "Multicast listener query behind router alert",
            Frame.Ethernet().Ip6("fe80::1", "ff02::1", hopLimit: 1).HopByHop(Ip6Options.RouterAlert).Icmp6(130, 0, 0x27100000)
                .Payload(new byte[16]),
            Expect.Icmp("fe80::1", "ff02::1", 130)
        },
        { "ICMPv6 of an unknown type", Frame.Ethernet().Ip6(A6, B6).Icmp6(200, 7), Expect.Icmp(A6, B6, 200, 7) },
        {
            "ICMPv6's number over IPv4 is keyed like ICMPv6",
            Frame.Ethernet().Ip4(A, B).Message(IpProtocol.Icmp6, [128, 0, 0, 0, 0, 0, 0, 0], keyBytes: 4),
            Expect.Ip(A, B, IpProtocol.Icmp6) with { DestinationPort = 0x8000 }
        },
        {
            "ICMPv6 echo behind destination options",
            Frame.Ethernet().Ip6(A6, B6).DestinationOptions().Icmp6(128).Payload(8),
            Expect.Icmp(A6, B6, 128)
        },
    };
}
