using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Padding, trailers and large frames: the length that counts is the frame's.</summary>
internal static class SizePackets
{
    public static Section All { get; } = new()
    {
        {
            "TCP ACK padded to the least frame",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80).PadTo(60),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "UDP with padding that is not zero",
            Frame.Ethernet().Ip4(A, B).Udp(5000, 53).Payload(1).Trailer(17),
            Expect.Udp(A, 5000, B, 53)
        },
        {
            "TCP in a tag padded to 64 bytes",
            Frame.Ethernet().Vlan(3).Ip4(A, B).Tcp(40000, 80).PadTo(64),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).Tagged(3)
        },
        { "UDP over IPv6 with a trailer", Frame.Ethernet().Ip6(A6, B6).Udp(5000, 53).Payload(4).Trailer(12), Expect.Udp(A6, 5000, B6, 53) },
        {
            "TCP that fills an Ethernet frame",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, TcpOptions.Stamped).Payload(1448),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "UDP over IPv6 that fills an Ethernet frame",
            Frame.Ethernet().Ip6(A6, B6).Udp(5000, 7).Payload(1452),
            Expect.Udp(A6, 5000, B6, 7)
        },
        {
            "TCP in a frame of 3,000 bytes",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80).Payload(2946),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP in a jumbo frame of 9,014 bytes",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80).Payload(8960),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "UDP over IPv6 in a jumbo frame of 9,014 bytes",
            Frame.Ethernet().Ip6(A6, B6).Udp(5000, 7).Payload(8952),
            Expect.Udp(A6, 5000, B6, 7)
        },
        {
            "VXLAN in a jumbo frame",
            Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort).Vxlan(5).InnerEthernet().Ip4(A, B).Tcp(40000, 80).Payload(8000),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.Vxlan, 5, T, U)
        },
        { "UDP in the largest IPv4 packet", Frame.Ethernet().Ip4(A, B).Udp(5000, 7).Payload(65507), Expect.Udp(A, 5000, B, 7) },
        {
            "IPv4 whose total length is more than the frame is read as far as it goes",
            Frame.Ethernet().Ip4(A, B, totalLength: 1500).Tcp(40000, 80).Payload(20),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "IPv6 whose payload length is more than the frame is read as far as it goes",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 1460).Udp(5000, 7).Payload(20),
            Expect.Udp(A6, 5000, B6, 7)
        },
        {
            "IPv4 whose total length is zero is read as far as it goes",
            Frame.Ethernet().Ip4(A, B, totalLength: 0).Tcp(40000, 80).Payload(200),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "A jumbogram's option stands for IPv6's payload length",
            Frame.Ethernet().Ip6(A6, B6, payloadLength: 0).HopByHop(Ip6Options.Jumbo(70000)).Udp(5000, 7, length: 0).Payload(69984),
            Expect.Udp(A6, 5000, B6, 7)
        },
        {
            "An inner packet of 28 bytes in a tunnel of 1,400",
            Frame.Ethernet().Ip4(T, U).Ip4(A, B, totalLength: 28).Udp(5000, 53, length: 8).Payload(1352),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.IpIp, 0, T, U)
        },
    };
}
