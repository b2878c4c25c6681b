using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>IP in IP, in all four pairings.</summary>
internal static class IpTunnelPackets
{
    public static Section All { get; } = new()
    {
        {
            "4in4: TCP",
            Frame.Ethernet().Ip4(T, U).Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, TcpOptions.LinuxSyn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "4in4: UDP",
            Frame.Ethernet().Ip4(T, U).Ip4(A, B).Udp(5000, 53).Payload(20),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "4in4: ICMP error",
            Frame.Ethernet().Ip4(T, U).Ip4(A, B).Icmp(3, 3).Payload(Payloads.QuotedUdp4),
            Expect.Icmp(A, B, 3, 3).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "4in4: options inside and outside",
            Frame.Ethernet().Ip4(T, U, Ip4Options.RouterAlert).Ip4(A, B, Ip4Options.RecordRoute(3)).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "4in4 in a customer tag",
            Frame.Ethernet().Vlan(50).Ip4(T, U).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.IpIp, 0, T, U).Tagged(50)
        },
        { "4in4: ESP inside", Frame.Ethernet().Ip4(T, U).Ip4(A, B).Esp(), Expect.Ip(A, B, IpProtocol.Esp).In(TunnelKind.IpIp, 0, T, U) },
        {
            "4in4: first fragment inside",
            Frame.Ethernet().Ip4(T, U).Ip4(A, B, id: 601, moreFragments: true).Udp(5000, 53).Payload(64),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "4in4 behind AH in tunnel mode",
            Frame.Ethernet().Ip4(T, U).Authentication().Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "6in4: TCP",
            Frame.Ethernet().Ip4(T, U).Ip6(A6, B6).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "6in4: ICMPv6 echo",
            Frame.Ethernet().Ip4(T, U).Ip6(A6, B6).Icmp6(128).Payload(56),
            Expect.Icmp(A6, B6, 128).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "6in4: extension headers inside",
            Frame.Ethernet().Ip4(T, U).Ip6(A6, B6).HopByHop().DestinationOptions().Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.IpIp, 0, T, U)
        },
        {
            "6to4 relay",
            Frame.Ethernet().Ip4(T, "192.88.99.1").Ip6("2002:c000:20a::1", B6).Udp(5000, 53),
            Expect.Udp("2002:c000:20a::1", 5000, B6, 53).In(TunnelKind.IpIp, 0, T, "192.88.99.1")
        },
        {
            "4in6: TCP",
            Frame.Ethernet().Ip6(T6, U6).Ip4(A, B).Tcp(40000, 80),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T6, U6)
        },
        {
            "4in6: encapsulation limit before the tunnel",
            Frame.Ethernet().Ip6(T6, U6).DestinationOptions([4, 1, 4, 1, 1, 0]).Ip4(A, B).Udp(5000, 53),
            Expect.Udp(A, 5000, B, 53).In(TunnelKind.IpIp, 0, T6, U6)
        },
        {
            "6in6: TCP",
            Frame.Ethernet().Ip6(T6, U6).Ip6(A6, B6).Tcp(40000, 80),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack).In(TunnelKind.IpIp, 0, T6, U6)
        },
        {
            "6in6: segment routing outside",
            Frame.Ethernet().Ip6(T6, U6).Routing(4, U6, "fd00:1::9").Ip6(A6, B6).Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.IpIp, 0, T6, U6)
        },
        {
            "6in6: nothing inside",
            Frame.Ethernet().Ip6(T6, U6).Ip6(A6, B6),
            Expect.Ip(A6, B6, IpProtocol.NoNextHeader).In(TunnelKind.IpIp, 0, T6, U6)
        },
        {
            "Eight extension headers outside and eight inside are followed",
            Frame.Ethernet().Ip6(T6, U6).HopByHop().DestinationOptions().DestinationOptions().DestinationOptions().DestinationOptions()
                .DestinationOptions().DestinationOptions().DestinationOptions().Ip6(A6, B6).HopByHop().DestinationOptions()
                .DestinationOptions().DestinationOptions().DestinationOptions().DestinationOptions().DestinationOptions()
                .DestinationOptions().Udp(5000, 53),
            Expect.Udp(A6, 5000, B6, 53).In(TunnelKind.IpIp, 0, T6, U6)
        },
    };
}
