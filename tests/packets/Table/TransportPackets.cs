using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>UDP-Lite, SCTP and DCCP.</summary>
internal static class TransportPackets
{
    public static Section All { get; } = new()
    {
        {
            "UDP-Lite that covers its header",
            Frame.Ethernet().Ip4(A, B).UdpLite(5000, 5001).Payload(20),
            Expect.Ports(IpProtocol.UdpLite, A, 5000, B, 5001)
        },
        {
            "UDP-Lite that covers everything",
            Frame.Ethernet().Ip4(A, B).UdpLite(5000, 5001, 0).Payload(20),
            Expect.Ports(IpProtocol.UdpLite, A, 5000, B, 5001)
        },
        {
            "UDP-Lite over IPv6",
            Frame.Ethernet().Ip6(A6, B6).UdpLite(5000, 5001).Payload(20),
            Expect.Ports(IpProtocol.UdpLite, A6, 5000, B6, 5001)
        },
        {
            "UDP-Lite to VXLAN's port is no tunnel",
            Frame.Ethernet().Ip4(A, B).UdpLite(5000, 4789).Payload([8, 0, 0, 0, 0, 0, 1, 0, .. new byte[40]]),
            Expect.Ports(IpProtocol.UdpLite, A, 5000, B, 4789)
        },
        {
            "SCTP INIT",
            Frame.Ethernet().Ip4(A, B).Sctp(2905, 2906, 1, [0, 0, 0, 9, 0, 1, 0, 0, 0, 10, 0, 10, 0, 0, 0, 1], tag: 0),
            Expect.Ports(IpProtocol.Sctp, A, 2905, B, 2906)
        },
        {
            "SCTP DATA",
            Frame.Ethernet().Ip4(A, B).Sctp(2905, 2906, 0, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]),
            Expect.Ports(IpProtocol.Sctp, A, 2905, B, 2906)
        },
        {
            "SCTP HEARTBEAT over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Sctp(38412, 38412, 4, [0, 1, 0, 8, 1, 2, 3, 4]),
            Expect.Ports(IpProtocol.Sctp, A6, 38412, B6, 38412)
        },
        { "SCTP ABORT", Frame.Ethernet().Ip4(B, A).Sctp(2906, 2905, 6), Expect.Ports(IpProtocol.Sctp, B, 2906, A, 2905) },
        { "SCTP COOKIE ACK", Frame.Ethernet().Ip4(B, A).Sctp(2906, 2905, 11), Expect.Ports(IpProtocol.Sctp, B, 2906, A, 2905) },
        { "DCCP request", Frame.Ethernet().Ip4(A, B).Dccp(5000, 5001, 0, 0, 0, 0, 42), Expect.Ports(IpProtocol.Dccp, A, 5000, B, 5001) },
        {
            "DCCP response",
            Frame.Ethernet().Ip4(B, A).Dccp(5001, 5000, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 42),
            Expect.Ports(IpProtocol.Dccp, B, 5001, A, 5000)
        },
        {
            "DCCP data over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Dccp(5000, 5001, 2).Payload(16),
            Expect.Ports(IpProtocol.Dccp, A6, 5000, B6, 5001)
        },
        {
            "DCCP reset",
            Frame.Ethernet().Ip4(B, A).Dccp(5001, 5000, 7, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0),
            Expect.Ports(IpProtocol.Dccp, B, 5001, A, 5000)
        },
        {
            "SCTP in a customer tag",
            Frame.Ethernet().Vlan(7).Ip4(A, B).Sctp(2905, 2906),
            Expect.Ports(IpProtocol.Sctp, A, 2905, B, 2906).Tagged(7)
        },
    };
}
