using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>UDP, with attention to the ports that tunnels use.</summary>
internal static class UdpPackets
{
    public static Section All { get; } = new()
    {
        { "UDP", Frame.Ethernet().Ip4(A, B).Udp(5000, 53).Payload(30), Expect.Udp(A, 5000, B, 53) },
        { "UDP without payload", Frame.Ethernet().Ip4(A, B).Udp(5000, 53), Expect.Udp(A, 5000, B, 53) },
        {
            "UDP without payload, padded to the least frame",
            Frame.Ethernet().Ip4(A, B).Udp(5000, 53).PadTo(60),
            Expect.Udp(A, 5000, B, 53)
        },
        { "UDP without checksum", Frame.Ethernet().Ip4(A, B).Udp(5000, 53, checksum: false).Payload(30), Expect.Udp(A, 5000, B, 53) },
        { "UDP between port 0 and port 65535", Frame.Ethernet().Ip4(A, B).Udp(0, 65535).Payload(3), Expect.Udp(A, 0, B, 65535) },
        {
            "UDP whose length field is less than the packet",
            Frame.Ethernet().Ip4(A, B).Udp(5000, 7, length: 10).Payload(30),
            Expect.Udp(A, 5000, B, 7)
        },
        {
            "UDP whose length field is more than the packet",
            Frame.Ethernet().Ip4(A, B).Udp(5000, 7, length: 1000).Payload(30),
            Expect.Udp(A, 5000, B, 7)
        },
        { "UDP over IPv6", Frame.Ethernet().Ip6(A6, B6).Udp(5000, 53).Payload(30), Expect.Udp(A6, 5000, B6, 53) },
        { "UDP without payload over IPv6", Frame.Ethernet().Ip6(A6, B6).Udp(5000, 53), Expect.Udp(A6, 5000, B6, 53) },
        {
            "UDP without checksum over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Udp(5000, 7, checksum: false).Payload(8),
            Expect.Udp(A6, 5000, B6, 7)
        },
        {
            "DHCP discover",
            Frame.Ethernet().Ip4("0.0.0.0", "255.255.255.255").Udp(68, 67).Payload([1, 1, 6, 0, .. new byte[296]]),
            Expect.Udp("0.0.0.0", 68, "255.255.255.255", 67)
        },
        {
            "UDP from VXLAN's port to another is no tunnel",
            Frame.Ethernet().Ip4(A, B).Udp(4789, 50000).Payload([8, 0, 0, 0, 0, 0, 1, 0, .. new byte[40]]),
            Expect.Udp(A, 4789, B, 50000)
        },
        {
            "UDP from Geneve's port to another is no tunnel",
            Frame.Ethernet().Ip4(A, B).Udp(6081, 50000).Payload([0, 0, 0x65, 0x58, 0, 0, 1, 0, .. new byte[40]]),
            Expect.Udp(A, 6081, B, 50000)
        },
        {
            "VXLAN-GPE's port is not followed",
            Frame.Ethernet().Ip4(A, B).Udp(50000, 4790).Payload([0x0c, 0, 0, 1, 0, 0, 1, 0, .. Payloads.Ip4]),
            Expect.Udp(A, 50000, B, 4790)
        },
        {
            "GTP-U is not followed",
            Frame.Ethernet().Ip4(A, B).Udp(2152, 2152).Payload([0x30, 0xff, 0, 32, 0, 0, 0, 1, .. Payloads.Ip4]),
            Expect.Udp(A, 2152, B, 2152)
        },
        { "Teredo is not followed", Frame.Ethernet().Ip4(A, B).Udp(3544, 3544).Payload(Payloads.Ip6), Expect.Udp(A, 3544, B, 3544) },
        {
            "L2TP over UDP is not followed",
            Frame.Ethernet().Ip4(A, B).Udp(1701, 1701).Payload([0, 2, 0, 1, 0, 1, 0xff, 3, 0, 0x21, .. Payloads.Ip4]),
            Expect.Udp(A, 1701, B, 1701)
        },
        {
            "ESP in UDP is not followed",
            Frame.Ethernet().Ip4(A, B).Udp(4500, 4500).Payload([0, 0, 0x20, 0, 0, 0, 0, 1, .. new byte[40]]),
            Expect.Udp(A, 4500, B, 4500)
        },
        {
            "WireGuard is not followed",
            Frame.Ethernet().Ip4(A, B).Udp(51820, 51820).Payload([4, 0, 0, 0, .. new byte[28]]),
            Expect.Udp(A, 51820, B, 51820)
        },
        {
            "QUIC initial",
            Frame.Ethernet().Ip4(A, B).Udp(50000, 443).Payload([0xc0, 0, 0, 0, 1, 8, .. new byte[1194]]),
            Expect.Udp(A, 50000, B, 443)
        },
        {
            "Foo over UDP is not followed",
            Frame.Ethernet().Ip4(A, B).Udp(50000, 5555).Payload(Payloads.Ip4),
            Expect.Udp(A, 50000, B, 5555)
        },
    };
}
