namespace Rheo.Packets;

/// <summary>Options of IPv6's hop-by-hop and destination options headers.</summary>
public static class Ip6Options
{
    /// <summary>RFC 2711.</summary>
    public static readonly byte[] RouterAlert = [0x05, 2, 0, 0, 1, 0];

    /// <summary>Pad1 or PadN, that many bytes in all.</summary>
    public static byte[] Padding(int length) => length switch
    {
        0 => [],
        1 => [0],
        _ => [1, (byte)(length - 2), .. new byte[length - 2]],
    };

    /// <summary>RFC 2675: the length of a payload beyond 65,535 bytes.</summary>
    public static byte[] Jumbo(uint length) =>
        [0xc2, 4, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
}
