using System.Buffers.Binary;
using System.Numerics;

namespace Rheo.Packets;

/// <summary>The Internet checksum (RFC 1071), its pseudo-headers, and SCTP's CRC-32C.</summary>
public static class Checksum
{
    /// <summary>The checksum over some bytes, as it stands in a header whose checksum field was zero.</summary>
    public static ushort Internet(ReadOnlySpan<byte> bytes, uint start = 0)
    {
        var sum = start + Sum(bytes);
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>The checksum of TCP, UDP, ICMPv6 and the like, with the pseudo-header of IPv4 or IPv6.</summary>
    /// <param name="addresses">Source and destination, 8 or 32 bytes.</param>
    /// <param name="coverage">How much of the bytes is summed; UDP-Lite covers less than all.</param>
    public static ushort Transport(ReadOnlySpan<byte> addresses, byte protocol, ReadOnlySpan<byte> bytes, int? coverage = null)
    {
        var length = (uint)(bytes.Length >> 16) + (uint)(bytes.Length & 0xffff);
        return Internet(bytes[..(coverage ?? bytes.Length)], Sum(addresses) + protocol + length);
    }

    /// <summary>CRC-32C (RFC 9260, appendix A), in the byte order in which SCTP carries it when written little-endian.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length >= 2; bytes = bytes[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.IsEmpty ? sum : sum + (uint)(bytes[0] << 8);
    }
}
