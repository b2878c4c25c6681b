using System.Net;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

public sealed partial class Frame
{
    private static readonly byte[] DefaultDestination = [0x02, 0, 0, 0, 0, 0x02];
    private static readonly byte[] DefaultSource = [0x02, 0, 0, 0, 0, 0x01];

    /// <summary>Starts a frame with an Ethernet II header.</summary>
    public static Frame Ethernet(ushort? type = null, byte[]? destination = null, byte[]? source = null) =>
        new Frame().InnerEthernet(type, destination, source);

    /// <summary>Starts a frame with an IEEE 802.3 header: the length stands where Ethernet II has its type.</summary>
    public static Frame Ethernet802Dot3(ushort? length = null, byte[]? destination = null) => new Frame().Add(new Layer
    {
        Header = [.. destination ?? DefaultDestination, .. DefaultSource, 0, 0],
        KeyBytes = 14,
        Complete = (bytes, _, _) => WriteUInt16BigEndian(bytes[12..], length ?? (ushort)(bytes.Length - 14)),
    });

    /// <summary>Starts a packet without a link header, for quotes inside other packets.</summary>
    public static Frame Bare() => new();

    /// <summary>An Ethernet header inside a tunnel.</summary>
    public Frame InnerEthernet(ushort? type = null, byte[]? destination = null, byte[]? source = null) => Add(new Layer
    {
        Header = [.. destination ?? DefaultDestination, .. source ?? DefaultSource, 0, 0],
        EtherType = Packets.EtherType.TransparentBridging,
        Protocol = IpProtocol.EtherIp,
        KeyBytes = 14,
        Complete = (bytes, above, _) =>
            WriteUInt16BigEndian(bytes[12..], type ?? above?.EtherType ?? Packets.EtherType.Experimental),
    });

    /// <summary>A VLAN tag (IEEE 802.1Q): customer tag unless another tag protocol is given.</summary>
    public Frame Vlan(int id, int priority = 0, bool dropEligible = false, ushort tag = Packets.EtherType.CTag, ushort? type = null) =>
        Add(new Layer
        {
            Header = [.. Word((ushort)(priority << 13 | (dropEligible ? 0x1000 : 0) | id)), 0, 0],
            EtherType = tag,
            KeyBytes = 4,
            Complete = (bytes, above, _) =>
                WriteUInt16BigEndian(bytes[2..], type ?? above?.EtherType ?? Packets.EtherType.Experimental),
        });

    /// <summary>A service tag (IEEE 802.1ad), the outer one of QinQ.</summary>
    public Frame ServiceVlan(int id, int priority = 0) => Vlan(id, priority, tag: Packets.EtherType.STag);

    /// <summary>ARP (RFC 826) with IPv4 addresses; other lengths get addresses of that many bytes 0x11, 0x22 …</summary>
    public Frame Arp(ushort operation, string sender, string target, ushort hardware = 1, byte hardwareLength = 6,
        ushort protocol = Packets.EtherType.Ip4, byte protocolLength = 4) => Add(new Layer
        {
            Header =
            [
                .. Word(hardware), .. Word(protocol), hardwareLength, protocolLength, .. Word(operation),
                .. Filled(hardwareLength, 0x11), .. ArpAddress(sender, protocolLength),
                .. Filled(hardwareLength, operation == 1 ? (byte)0 : (byte)0x22), .. ArpAddress(target, protocolLength),
            ],
            EtherType = Packets.EtherType.Arp,
            KeyBytes = protocol == Packets.EtherType.Ip4 && hardwareLength == 6 && protocolLength == 4 ? 28 : 8,
        });

    private static byte[] ArpAddress(string address, byte length) =>
        length == 4 ? IPAddress.Parse(address).GetAddressBytes() : Filled(length, 0x33);

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
