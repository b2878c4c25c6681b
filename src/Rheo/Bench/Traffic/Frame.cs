using System.Buffers.Binary;

namespace Rheo.Bench.Traffic;

/// <summary>
/// The frame that the source sends: 60 bytes, Ethernet, IPv4, UDP. It is addressed to no device here, so that behind the observers
/// the kernel has the least to do with it.
/// </summary>
internal static class Frame
{
    public const int Length = 60;
    private const int IpAt = 14;
    private const int UdpAt = 34;

    public static byte[] Create()
    {
        var frame = new byte[Length];
        new byte[] { 2, 0, 0, 0, 0x99, 2, 2, 0, 0, 0, 0x99, 1, 8, 0 }.CopyTo(frame, 0);
        WriteIp(frame.AsSpan(IpAt, UdpAt - IpAt));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(UdpAt + 4), Length - UdpAt);
        return frame;
    }

    private static void WriteIp(Span<byte> header)
    {
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], Length - IpAt);
        header[8] = 64;
        header[9] = 17;
        new byte[] { 10, 77, 0, 1, 10, 77, 0, 2 }.CopyTo(header[12..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header));
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        var sum = 0;
        for (var i = 0; i < header.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        return (ushort)~((sum & 0xffff) + (sum >> 16));
    }
}
