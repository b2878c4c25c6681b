namespace Rheo.Model.Connections;

/// <summary>Segments that were sent again, by what made the kernel do so.</summary>
/// <param name="Timeout">The retransmission time-out (RTO), and the slow start after it.</param>
/// <param name="Fast">Acknowledgements that show a gap.</param>
/// <param name="Probe">Tail loss probes.</param>
/// <param name="Syn">The SYN.</param>
/// <param name="SynAck">The SYN-ACK.</param>
public readonly record struct RetransmitCounts(ulong Timeout, ulong Fast, ulong Probe, ulong Syn, ulong SynAck)
{
    /// <summary>All of them.</summary>
    public ulong Total => Timeout + Fast + Probe + Syn + SynAck;

    /// <summary>What came since.</summary>
    public RetransmitCounts Since(RetransmitCounts before) =>
        new(Timeout - before.Timeout, Fast - before.Fast, Probe - before.Probe, Syn - before.Syn, SynAck - before.SynAck);
}
