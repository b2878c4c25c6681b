using System.Net;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

public sealed partial class Frame
{
    /// <summary>IPv4 (RFC 791). Named arguments override what would be right.</summary>
    /// <param name="options">Padded with zeros to whole words.</param>
    /// <param name="offset">Fragment offset in bytes.</param>
    /// <param name="ihl">Header length in words as the header claims it; its true length does not change.</param>
    public Frame Ip4(string source, string destination, byte[]? options = null, byte? protocol = null, byte ttl = 64, byte tos = 0,
        ushort id = 0x1234, bool dontFragment = false, bool moreFragments = false, int offset = 0, byte version = 4, int? ihl = null,
        int? totalLength = null, ushort? checksum = null)
    {
        var padded = PadToMultiple(options ?? [], 4);
        var length = 20 + padded.Length;
        byte[] addresses = [.. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes()];
        var fragment = (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | offset / 8;
        return Add(new Layer
        {
            Header =
            [
                (byte)(version << 4 | (ihl ?? length / 4)), tos, 0, 0, .. Word(id), .. Word((ushort)fragment),
                ttl, 0, 0, 0, .. addresses, .. padded,
            ],
            EtherType = Packets.EtherType.Ip4,
            Protocol = IpProtocol.Ip4,
            Addresses = addresses,
            KeyBytes = length,
            Complete = (bytes, above, _) =>
            {
                PutLength(bytes, 2, totalLength ?? bytes.Length);
                bytes[9] = protocol ?? above?.Protocol ?? IpProtocol.Experimental;
                WriteUInt16BigEndian(bytes[10..], checksum ?? Checksum.Internet(bytes[..length]));
            },
        });
    }

    /// <summary>IPv6 (RFC 8200). Named arguments override what would be right.</summary>
    public Frame Ip6(string source, string destination, byte? nextHeader = null, byte hopLimit = 64, byte trafficClass = 0,
        uint flowLabel = 0, byte version = 6, int? payloadLength = null)
    {
        byte[] addresses = [.. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes()];
        return Add(new Layer
        {
            Header =
            [
                .. Long((uint)version << 28 | (uint)trafficClass << 20 | flowLabel), 0, 0, 0, hopLimit, .. addresses,
            ],
            EtherType = Packets.EtherType.Ip6,
            Protocol = IpProtocol.Ip6,
            Addresses = addresses,
            KeyBytes = 40,
            Complete = (bytes, above, _) =>
            {
                PutLength(bytes, 4, payloadLength ?? bytes.Length - 40);
                bytes[6] = nextHeader ?? above?.Protocol ?? IpProtocol.NoNextHeader;
            },
        });
    }

    /// <summary>Hop-by-hop options; without any, six bytes of padding.</summary>
    public Frame HopByHop(byte[]? options = null, byte? length = null) =>
        Extension(IpProtocol.HopByHop, options ?? Ip6Options.Padding(6), length);

    public Frame DestinationOptions(byte[]? options = null) =>
        Extension(IpProtocol.DestinationOptions, options ?? Ip6Options.Padding(6));

    /// <summary>A routing header whose segments have all been visited, so that the destination is the final one.</summary>
    public Frame Routing(byte type, params string[] addresses) => Extension(IpProtocol.Routing,
        [type, 0, 0, 0, 0, 0, .. addresses.SelectMany(address => IPAddress.Parse(address).GetAddressBytes())]);

    /// <summary>IPv6's fragment header.</summary>
    /// <param name="offset">In bytes.</param>
    public Frame Fragment(uint id, int offset = 0, bool more = false, byte? nextHeader = null) => Add(new Layer
    {
        Header = [0, 0, .. Word((ushort)(offset & 0xfff8 | (more ? 1 : 0))), .. Long(id)],
        Protocol = IpProtocol.Fragment,
        KeyBytes = 8,
        Complete = (bytes, above, _) => bytes[0] = nextHeader ?? above?.Protocol ?? IpProtocol.NoNextHeader,
    });

    /// <summary>An authentication header (RFC 4302) with that many bytes of check value, in words.</summary>
    public Frame Authentication(int checkValueLength = 12, uint parameters = 0x1000, byte? nextHeader = null) => Add(new Layer
    {
        Header = [0, (byte)((12 + checkValueLength) / 4 - 2), 0, 0, .. Long(parameters), .. Long(1), .. Filled(checkValueLength, 0x5a)],
        Protocol = IpProtocol.Ah,
        KeyBytes = 12 + checkValueLength,
        Complete = (bytes, above, _) => bytes[0] = nextHeader ?? above?.Protocol ?? IpProtocol.NoNextHeader,
    });

    private Frame Extension(byte protocol, byte[] body, byte? length = null)
    {
        byte[] header = [0, 0, .. body];
        header = [.. header, .. Ip6Options.Padding(-header.Length & 7)];
        header[1] = length ?? (byte)(header.Length / 8 - 1);
        return Add(new Layer
        {
            Header = header,
            Protocol = protocol,
            KeyBytes = header.Length,
            Complete = (bytes, above, _) => bytes[0] = above?.Protocol ?? IpProtocol.NoNextHeader,
        });
    }

    private static byte[] PadToMultiple(byte[] bytes, int size) => [.. bytes, .. new byte[(size - bytes.Length % size) % size]];
}
