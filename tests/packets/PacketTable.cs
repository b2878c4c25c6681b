namespace Rheo.Packets;

/// <summary>The named packets: each says in its name what it is, and how it must be counted.</summary>
/// <remarks>The rules behind the expectations stand in README.md beside this project.</remarks>
public static class PacketTable
{
    /// <summary>Packets that each mean the same whatever came before.</summary>
    public static IReadOnlyList<NamedPacket> All { get; } =
    [
        .. LinkPackets.All, .. ArpPackets.All, .. Ip4Packets.All, .. Ip6Packets.All, .. TcpPackets.All, .. UdpPackets.All,
        .. TransportPackets.All, .. Icmp4Packets.All, .. Icmp6Packets.All, .. FragmentPackets.All, .. IpTunnelPackets.All,
        .. GrePackets.All, .. VxlanPackets.All, .. GenevePackets.All, .. NestedPackets.All, .. SizePackets.All,
        .. MalformedIpPackets.All, .. MalformedPackets.All, .. CutPackets.All,
    ];

    /// <summary>Frames whose later ones are understood only after the earlier.</summary>
    public static IReadOnlyList<PacketSequence> Sequences => FragmentSequences.All;

    /// <summary>The packet of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static NamedPacket Named(string name) =>
        All.FirstOrDefault(packet => packet.Name == name) ?? throw new KeyNotFoundException($"no packet is named '{name}'");
}
