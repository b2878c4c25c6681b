using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Bytes that several packets of the table carry.</summary>
internal static class Payloads
{
    public static readonly byte[] LldpMulticast = [0x01, 0x80, 0xc2, 0, 0, 0x0e];
    public static readonly byte[] BridgeMulticast = [0x01, 0x80, 0xc2, 0, 0, 0];

    /// <summary>Chassis, port, time to live, end.</summary>
    public static readonly byte[] Lldp = [2, 7, 4, 2, 0, 0, 0, 0, 1, 4, 5, 5, 0x65, 0x74, 0x68, 0x30, 6, 2, 0, 120, 0, 0];

    /// <summary>LLC and a configuration BPDU, 38 bytes.</summary>
    public static readonly byte[] SpanningTree =
    [
        0x42, 0x42, 3, 0, 0, 0, 0, 0, 0x80, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0,
        0x80, 0, 2, 0, 0, 0, 0, 1, 0x80, 1, 0, 0, 20, 0, 2, 0, 15, 0,
    ];

    /// <summary>PadN options that fill an extension header's longest form, but for its first two bytes.</summary>
    public static readonly byte[] LongestOptions =
        [.. Enumerable.Repeat(Ip6Options.Padding(250), 8).SelectMany(option => option), .. Ip6Options.Padding(46)];

    /// <summary>OSPF version 2; the checksum leaves out the eight bytes of authentication, which are zero.</summary>
    public static readonly byte[] OspfHello =
    [
        2, 1, 0, 44, 192, 0, 2, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 0, 0, 10, 2, 1, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>An IPv4 packet with UDP and four bytes, 32 bytes.</summary>
    public static byte[] Ip4 => Frame.Bare().Ip4(A, B).Udp(5000, 53).Payload(4).Build();

    /// <summary>An IPv6 packet with UDP and four bytes.</summary>
    public static byte[] Ip6 => Frame.Bare().Ip6(A6, B6).Udp(5000, 53).Payload(4).Build();

    /// <summary>What an ICMP error quotes: a whole header and the first eight bytes above it.</summary>
    public static byte[] QuotedTcp4 => Frame.Bare().Ip4(B, A).Tcp(80, 40000).CutTo(28).Build();

    public static byte[] QuotedUdp4 => Frame.Bare().Ip4(B, A).Udp(53, 5000).Payload(20).Build();

    public static byte[] QuotedTcp6 => Frame.Bare().Ip6(B6, A6).Tcp(443, 40000).Payload(100).Build();

    public static byte[] QuotedUdp6 => Frame.Bare().Ip6(B6, A6).Udp(53, 5000).Payload(20).Build();
}
