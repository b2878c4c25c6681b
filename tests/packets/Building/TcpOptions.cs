namespace Rheo.Packets;

/// <summary>Options of TCP; the builder pads with zeros (end of options) to whole words.</summary>
public static class TcpOptions
{
    public static readonly byte[] Nop = [1];
    public static readonly byte[] SackPermitted = [4, 2];

    /// <summary>What Linux sends with a SYN: MSS, SACK permitted, timestamps, NOP, window scale.</summary>
    public static readonly byte[] LinuxSyn = [.. SegmentSize(1460), .. SackPermitted, .. Timestamps(1, 0), .. Nop, .. WindowScale(7)];

    /// <summary>NOP, NOP, timestamps: what each later segment carries.</summary>
    public static readonly byte[] Stamped = [.. Nop, .. Nop, .. Timestamps(2, 1)];

    public static byte[] SegmentSize(ushort bytes) => [2, 4, (byte)(bytes >> 8), (byte)bytes];

    public static byte[] WindowScale(byte shift) => [3, 3, shift];

    public static byte[] Timestamps(uint value, uint echo) =>
    [
        8, 10, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value,
        (byte)(echo >> 24), (byte)(echo >> 16), (byte)(echo >> 8), (byte)echo,
    ];

    /// <summary>Selective acknowledgements of that many blocks (at most 4).</summary>
    public static byte[] Sack(int blocks) => [5, (byte)(2 + 8 * blocks), .. Enumerable.Range(1, 8 * blocks).Select(i => (byte)i)];

    /// <summary>MD5 signature (RFC 2385).</summary>
    public static byte[] Md5() => [19, 18, .. Enumerable.Repeat((byte)0x6d, 16)];

    /// <summary>TCP-AO (RFC 5925).</summary>
    public static byte[] Authentication() => [29, 16, 1, 2, .. Enumerable.Repeat((byte)0xa0, 12)];

    /// <summary>Fast Open cookie (RFC 7413).</summary>
    public static byte[] FastOpen(int cookieLength) => [34, (byte)(2 + cookieLength), .. Enumerable.Repeat((byte)0xfc, cookieLength)];

    /// <summary>Multipath TCP, MP_CAPABLE of a SYN (RFC 8684).</summary>
    public static byte[] MultipathCapable() => [30, 4, 0x01, 0x81];

    /// <summary>An experimental option with the magic number of RFC 6994.</summary>
    public static byte[] Experimental() => [254, 4, 0xf9, 0x89];
}
