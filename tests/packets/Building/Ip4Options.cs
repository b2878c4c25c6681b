namespace Rheo.Packets;

/// <summary>Options of IPv4 (RFC 791, RFC 2113); end them with NOPs or let the builder pad with zeros.</summary>
public static class Ip4Options
{
    public static readonly byte[] Nop = [1];
    public static readonly byte[] RouterAlert = [148, 4, 0, 0];
    public static readonly byte[] StreamId = [136, 4, 0, 7];

    /// <summary>Record route with room for that many addresses (at most 9).</summary>
    public static byte[] RecordRoute(int slots) => [7, (byte)(3 + 4 * slots), 4, .. new byte[4 * slots]];

    /// <summary>Timestamps alone, room for that many (at most 9).</summary>
    public static byte[] Timestamp(int slots) => [68, (byte)(4 + 4 * slots), 5, 0, .. new byte[4 * slots]];

    /// <summary>Loose source route that has been walked to its end: the pointer stands behind the last address.</summary>
    public static byte[] LooseSourceRoute(int hops) =>
        [131, (byte)(3 + 4 * hops), (byte)(4 + 4 * hops), .. Enumerable.Repeat<byte[]>([10, 9, 8, 7], hops).SelectMany(hop => hop)];
}
