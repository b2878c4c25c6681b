namespace Rheo.Measured;

/// <summary>How many packets there were on the way from the source to the watcher's books.</summary>
/// <param name="Sent">Frames that the source handed to the wire.</param>
/// <param name="Received">Packets that the receiving device counted; the rest found its ring full.</param>
/// <param name="Seen">Packets that the watcher counted; null when there is none.</param>
public readonly record struct PacketCounts(long Sent, long Received, long? Seen)
{
    /// <summary>Packets that were received and that the watcher did not count.</summary>
    public long? Missed => Received - Seen;

    /// <summary>Both together.</summary>
    public static PacketCounts operator +(PacketCounts one, PacketCounts other) =>
        new(one.Sent + other.Sent, one.Received + other.Received, one.Seen + other.Seen);
}
