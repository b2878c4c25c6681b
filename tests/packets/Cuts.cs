namespace Rheo.Packets;

/// <summary>Each packet cut at every byte.</summary>
public static class Cuts
{
    /// <summary>The shortest frame that the kernel takes in a test run: an Ethernet header.</summary>
    public const int Shortest = 14;

    /// <summary>Cuts behind the headers all mean the same; this many of each packet are enough.</summary>
    private const int Payload = 64;

    /// <summary>All cuts of one packet from <see cref="Shortest"/> bytes on; of its payload the first bytes and the last.</summary>
    public static IEnumerable<Cut> Of(NamedPacket packet)
    {
        var end = Math.Min(packet.Length, EndOfHeaders(packet) + Payload);
        for (var length = Shortest; length < end; length++)
            yield return new Cut(packet, length);
        for (var length = Math.Max(end, packet.Length - Payload); length < packet.Length; length++)
            yield return new Cut(packet, length);
    }

    /// <summary>All cuts of all packets, or a <see cref="Share"/> of them.</summary>
    public static IEnumerable<Cut> Of(IEnumerable<NamedPacket> packets) => Share.Of(packets.SelectMany(Of));

    /// <summary>Malformed packets tell no end of headers: 256 bytes hold every header of theirs.</summary>
    private static int EndOfHeaders(NamedPacket packet) =>
        packet.Expected.Kind == PacketKind.Unparsed ? 256 : packet.HeadersLength;
}
