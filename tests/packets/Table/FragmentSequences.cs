using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>Fragmented packets: the later fragments must be counted under the ports that only the first one shows.</summary>
internal static class FragmentSequences
{
    private const int Plain = 14;
    private const int Tagged = 18;

    public static IReadOnlyList<PacketSequence> All { get; } =
    [
        Whole(
            "UDP over IPv4 in three fragments",
            Four(Frame.Ethernet().Ip4(A, B, id: 1).Udp(5000, 2049).Payload(4000)),
            Expect.Udp(A, 5000, B, 2049)),
        Whole(
            "UDP over IPv4 in two fragments of eight bytes",
            Four(Frame.Ethernet().Ip4(A, B, id: 2).Udp(5000, 2049).Payload(8), size: 8),
            Expect.Udp(A, 5000, B, 2049)),
        Whole(
            "TCP over IPv4 in three fragments",
            Four(Frame.Ethernet().Ip4(A, B, id: 3).Tcp(40000, 80).Payload(4000)),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)),
        Whole("ICMP echo in two fragments", Four(Frame.Ethernet().Ip4(A, B, id: 4).Icmp(8).Payload(2000)), Expect.Icmp(A, B, 8)),
        Whole(
            "SCTP over IPv4 in two fragments",
            Four(Frame.Ethernet().Ip4(A, B, id: 5).Sctp(2905, 2906).Payload(2000)),
            Expect.Ports(IpProtocol.Sctp, A, 2905, B, 2906)),
        Whole(
            "UDP-Lite over IPv4 in two fragments",
            Four(Frame.Ethernet().Ip4(A, B, id: 6).UdpLite(5000, 5001).Payload(2000)),
            Expect.Ports(IpProtocol.UdpLite, A, 5000, B, 5001)),
        Whole(
            "DCCP over IPv4 in two fragments",
            Four(Frame.Ethernet().Ip4(A, B, id: 7).Dccp(5000, 5001, 2).Payload(2000)),
            Expect.Ports(IpProtocol.Dccp, A, 5000, B, 5001)),
        Whole(
            "UDP with IPv4 options in two fragments",
            Four(Frame.Ethernet().Ip4(A, B, Ip4Options.StreamId, id: 8).Udp(5000, 2049).Payload(2000)),
            Expect.Udp(A, 5000, B, 2049)),
        Whole(
            "UDP in a customer tag in two fragments",
            Four(Frame.Ethernet().Vlan(33).Ip4(A, B, id: 9).Udp(5000, 2049).Payload(2000), Tagged),
            Expect.Udp(A, 5000, B, 2049).Tagged(33)),
        Whole(
            "UDP behind AH over IPv4 in two fragments",
            Four(Frame.Ethernet().Ip4(A, B, id: 10).Authentication().Udp(5000, 2049).Payload(2000)),
            Expect.Udp(A, 5000, B, 2049)),
        Whole(
            "UDP inside VXLAN in two fragments",
            InVxlan(Four(Frame.Ethernet().Ip4(A, B, id: 11).Udp(5000, 2049).Payload(2000), size: 1400), 5),
            Expect.Udp(A, 5000, B, 2049).In(TunnelKind.Vxlan, 5, T, U)),
        Whole(
            "VXLAN itself in two fragments is the tunnel's own flow",
            Four(Frame.Ethernet().Ip4(T, U, id: 12).Udp(50000, Frame.VxlanPort).Vxlan(5).InnerEthernet().Ip4(A, B).Udp(5000, 53)
                .Payload(1472)),
            Expect.Udp(T, 50000, U, Frame.VxlanPort)),
        Whole(
            "IP in IP in two fragments is the tunnel's own flow",
            Four(Frame.Ethernet().Ip4(T, U, id: 13).Ip4(A, B).Udp(5000, 53).Payload(1472)),
            Expect.Ip(T, U, IpProtocol.Ip4)),
        Whole("ESP in two fragments", Four(Frame.Ethernet().Ip4(A, B, id: 14).Esp(length: 2000)), Expect.Ip(A, B, IpProtocol.Esp)),
        Whole(
            "UDP over IPv6 in three fragments",
            Six(Frame.Ethernet().Ip6(A6, B6).Udp(5000, 2049).Payload(4000), 21),
            Expect.Udp(A6, 5000, B6, 2049)),
        Whole(
            "TCP over IPv6 in three fragments",
            Six(Frame.Ethernet().Ip6(A6, B6).Tcp(40000, 80).Payload(4000), 22),
            Expect.Tcp(A6, 40000, B6, 80, TcpFlags.Ack)),
        Whole("ICMPv6 echo in two fragments", Six(Frame.Ethernet().Ip6(A6, B6).Icmp6(128).Payload(2000), 23), Expect.Icmp(A6, B6, 128)),
        Whole(
            "SCTP over IPv6 in two fragments",
            Six(Frame.Ethernet().Ip6(A6, B6).Sctp(2905, 2906).Payload(2000), 24),
            Expect.Ports(IpProtocol.Sctp, A6, 2905, B6, 2906)),
        Whole(
            "UDP behind destination options over IPv6 in two fragments",
            Six(Frame.Ethernet().Ip6(A6, B6).DestinationOptions().Udp(5000, 2049).Payload(2000), 25),
            Expect.Udp(A6, 5000, B6, 2049)),
        Whole(
            "UDP over IPv6 in QinQ in two fragments",
            Six(Frame.Ethernet().ServiceVlan(4).Vlan(5).Ip6(A6, B6).Udp(5000, 2049).Payload(2000), 26, 22),
            Expect.Udp(A6, 5000, B6, 2049).Tagged(4, 5)),
        LastComesFirst(),
        Interleaved(),
        SameIdOfOtherHosts(),
        SameIdAgain(),
        SameIdOfOtherProtocol(),
        SameHostsOfOtherNetwork("two VXLAN networks", InVxlan, (flow, network) => flow.In(TunnelKind.Vxlan, network, T, U)),
        SameHostsOfOtherNetwork("two VLANs", InVlan, (flow, network) => flow.Tagged((ushort)network)),
    ];

    private static PacketSequence LastComesFirst()
    {
        var frames = Four(Frame.Ethernet().Ip4(A, B, id: 50).Udp(5000, 2049).Payload(4000));
        return new("The last fragment overtakes the first", Number("overtaking", [frames[2], frames[0], frames[1]],
            [Expect.Fragment(A, B, IpProtocol.Udp), Expect.Udp(A, 5000, B, 2049), Expect.Udp(A, 5000, B, 2049)]));
    }

    private static PacketSequence Interleaved()
    {
        var one = Four(Frame.Ethernet().Ip4(A, B, id: 51).Udp(5001, 2049).Payload(2000));
        var two = Four(Frame.Ethernet().Ip4(A, B, id: 52).Udp(5002, 2049).Payload(2000));
        return new("Two packets between the same hosts, their fragments in turn", Number("in turn", [one[0], two[0], one[1], two[1]],
            [Expect.Udp(A, 5001, B, 2049), Expect.Udp(A, 5002, B, 2049), Expect.Udp(A, 5001, B, 2049), Expect.Udp(A, 5002, B, 2049)]));
    }

    private static PacketSequence SameIdOfOtherHosts()
    {
        var there = Four(Frame.Ethernet().Ip4(A, B, id: 53).Udp(5001, 2049).Payload(2000));
        var back = Four(Frame.Ethernet().Ip4(B, A, id: 53).Udp(2049, 5001).Payload(2000));
        return new("Two packets with one id, there and back", Number("there and back", [there[0], back[0], there[1], back[1]],
            [Expect.Udp(A, 5001, B, 2049), Expect.Udp(B, 2049, A, 5001), Expect.Udp(A, 5001, B, 2049), Expect.Udp(B, 2049, A, 5001)]));
    }

    private static PacketSequence SameIdAgain()
    {
        var one = Four(Frame.Ethernet().Ip4(A, B, id: 54).Udp(5001, 2049).Payload(2000));
        var two = Four(Frame.Ethernet().Ip4(A, B, id: 54).Udp(5002, 2049).Payload(2000));
        return new("An id used again belongs to the newer packet", Number("again", [.. one, .. two],
            [Expect.Udp(A, 5001, B, 2049), Expect.Udp(A, 5001, B, 2049), Expect.Udp(A, 5002, B, 2049), Expect.Udp(A, 5002, B, 2049)]));
    }

    private static PacketSequence SameIdOfOtherProtocol()
    {
        var udp = Four(Frame.Ethernet().Ip4(A, B, id: 55).Udp(5001, 2049).Payload(2000));
        var tcp = Four(Frame.Ethernet().Ip4(A, B, id: 55).Tcp(40000, 80).Payload(2000));
        return new("One id in two protocols is two packets", Number("two protocols", [udp[0], tcp[0], udp[1], tcp[1]],
        [
            Expect.Udp(A, 5001, B, 2049), Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack),
            Expect.Udp(A, 5001, B, 2049), Expect.Tcp(A, 40000, B, 80, TcpFlags.None),
        ]));
    }

    /// <summary>Two tenants with the same addresses.</summary>
    private static PacketSequence SameHostsOfOtherNetwork(string where, Func<byte[][], uint, byte[][]> put,
        Func<ExpectedFlow, uint, ExpectedFlow> seen)
    {
        var five = put(Four(Frame.Ethernet().Ip4(A, B, id: 56).Udp(5001, 2049).Payload(2000)), 5);
        var six = put(Four(Frame.Ethernet().Ip4(A, B, id: 56).Udp(5002, 2049).Payload(2000)), 6);
        var (inFive, inSix) = (seen(Expect.Udp(A, 5001, B, 2049), 5), seen(Expect.Udp(A, 5002, B, 2049), 6));
        return new($"One id and the same hosts in {where}",
            Number(where, [five[0], six[0], five[1], six[1]], [inFive, inSix, inFive, inSix]));
    }

    private static byte[][] Four(Frame frame, int network = Plain, int size = 1480) => Fragmenter.Ip4(frame.Build(), network, size);

    private static byte[][] Six(Frame frame, uint id, int network = Plain) => Fragmenter.Ip6(frame.Build(), network, 1448, id);

    /// <summary>Each frame in a VXLAN packet of its own.</summary>
    private static byte[][] InVxlan(byte[][] frames, uint network) =>
        [.. frames.Select(frame => Frame.Ethernet().Ip4(T, U).Udp(50000, Frame.VxlanPort).Vxlan(network).Payload(frame).Build())];

    private static byte[][] InVlan(byte[][] frames, uint network) =>
        [.. frames.Select(frame => (byte[])[.. frame.AsSpan(0, 12), 0x81, 0x00, 0, (byte)network, .. frame.AsSpan(12)])];

    private static PacketSequence Whole(string name, byte[][] frames, ExpectedFlow flow)
    {
        var later = flow with { TcpFlags = TcpFlags.None };
        return new(name, Number(name, frames, [flow, .. Enumerable.Repeat(later, frames.Length - 1)]));
    }

    private static NamedPacket[] Number(string name, byte[][] frames, ExpectedFlow[] flows) =>
        [.. frames.Zip(flows).Select((pair, i) => new NamedPacket($"{name}, {i + 1}", pair.First, pair.Second))];
}
