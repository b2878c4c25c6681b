using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

/// <summary>Cuts a finished packet into IP fragments as a sender does.</summary>
internal static class Fragmenter
{
    /// <summary>Fragments an IPv4 packet.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="network">Where its IPv4 header begins.</param>
    /// <param name="size">Bytes of payload in each fragment but the last: a multiple of 8.</param>
    public static byte[][] Ip4(byte[] frame, int network, int size)
    {
        var header = (frame[network] & 0xf) * 4;
        var payload = frame.AsMemory(network + header);
        return [.. Pieces(payload.Length, size).Select(piece =>
        {
            byte[] fragment = [.. frame.AsSpan(0, network + header), .. payload.Span.Slice(piece.Offset, piece.Length)];
            var ip = fragment.AsSpan(network);
            WriteUInt16BigEndian(ip[2..], (ushort)(header + piece.Length));
            WriteUInt16BigEndian(ip[6..], (ushort)(piece.Offset / 8 | (piece.More ? 0x2000 : 0)));
            ip[10..12].Clear();
            WriteUInt16BigEndian(ip[10..], Checksum.Internet(ip[..header]));
            return fragment;
        })];
    }

    /// <summary>Fragments an IPv6 packet without extension headers in its unfragmentable part.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="network">Where its IPv6 header begins.</param>
    /// <param name="size">Bytes of payload in each fragment but the last: a multiple of 8.</param>
    public static byte[][] Ip6(byte[] frame, int network, int size, uint id)
    {
        var payload = frame.AsMemory(network + 40);
        return [.. Pieces(payload.Length, size).Select(piece =>
        {
            var header = new byte[8];
            header[0] = frame[network + 6];
            WriteUInt16BigEndian(header.AsSpan(2), (ushort)(piece.Offset | (piece.More ? 1 : 0)));
            WriteUInt32BigEndian(header.AsSpan(4), id);
            byte[] fragment = [.. frame.AsSpan(0, network + 40), .. header, .. payload.Span.Slice(piece.Offset, piece.Length)];
            WriteUInt16BigEndian(fragment.AsSpan(network + 4), (ushort)(8 + piece.Length));
            fragment[network + 6] = IpProtocol.Fragment;
            return fragment;
        })];
    }

    private static IEnumerable<(int Offset, int Length, bool More)> Pieces(int length, int size)
    {
        for (var offset = 0; offset < length; offset += size)
            yield return (offset, Math.Min(size, length - offset), offset + size < length);
    }
}
