namespace Rheo.Bench.Traffic;

/// <summary>What one row of one round saw of the wire.</summary>
/// <param name="Offered">Frames that the source handed to the wire.</param>
/// <param name="Received">Packets that the receiving device counted.</param>
/// <param name="NapiNs">CPU time of the receiving kernel thread.</param>
internal readonly record struct PacketSample(long Offered, long Received, long NapiNs)
{
    public double NsPerPacket => (double)NapiNs / Received;

    /// <summary>Both together.</summary>
    public static PacketSample operator +(PacketSample one, PacketSample other) =>
        new(one.Offered + other.Offered, one.Received + other.Received, one.NapiNs + other.NapiNs);
}
