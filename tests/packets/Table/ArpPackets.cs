using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>ARP, asked and answered, usual and odd.</summary>
internal static class ArpPackets
{
    public static Section All { get; } = new()
    {
        { "ARP request", Frame.Ethernet().Arp(1, A, "192.0.2.1").PadTo(60), Expect.Arp(A, "192.0.2.1") },
        { "ARP reply", Frame.Ethernet().Arp(2, "192.0.2.1", A).PadTo(60), Expect.Arp("192.0.2.1", A) },
        { "ARP request without padding", Frame.Ethernet().Arp(1, A, "192.0.2.1"), Expect.Arp(A, "192.0.2.1") },
        { "Gratuitous ARP names its sender twice", Frame.Ethernet().Arp(1, A, A).PadTo(60), Expect.Arp(A, A) },
        { "ARP probe has no sender yet", Frame.Ethernet().Arp(1, "0.0.0.0", A).PadTo(60), Expect.Arp("0.0.0.0", A) },
        { "ARP of an unknown operation", Frame.Ethernet().Arp(25, A, B).PadTo(60), Expect.Arp(A, B) },
        { "ARP for an IEEE 802 hardware type", Frame.Ethernet().Arp(1, A, B, hardware: 6).PadTo(60), Expect.Arp(A, B) },
        {
            "ARP for InfiniBand has twenty-byte hardware addresses and is counted without addresses",
            Frame.Ethernet().Arp(1, A, B, hardware: 32, hardwareLength: 20),
            Expect.ArpWithoutAddresses()
        },
        {
            "ARP for FireWire has eight-byte hardware addresses",
            Frame.Ethernet().Arp(1, A, B, hardware: 24, hardwareLength: 8).PadTo(60),
            Expect.ArpWithoutAddresses()
        },
        { "ARP without hardware addresses", Frame.Ethernet().Arp(1, A, B, hardwareLength: 0).PadTo(60), Expect.ArpWithoutAddresses() },
        { "ARP with sixteen-byte protocol addresses", Frame.Ethernet().Arp(1, A, B, protocolLength: 16), Expect.ArpWithoutAddresses() },
        { "ARP for a protocol that is not IPv4", Frame.Ethernet().Arp(1, A, B, protocol: 0x0806).PadTo(60), Expect.ArpWithoutAddresses() },
        { "ARP in QinQ", Frame.Ethernet().ServiceVlan(9).Vlan(8).Arp(2, B, A), Expect.Arp(B, A).Tagged(9, 8) },
    };
}
