namespace Rheo.Model;

/// <summary>TCP packets that carried a flag, each counted once, at its conversation's counting point.</summary>
/// <param name="Syn">SYN without ACK: openings, retransmissions included.</param>
/// <param name="SynAck">SYN with ACK: answers to openings.</param>
/// <param name="Fin">FIN.</param>
/// <param name="Rst">RST.</param>
public readonly record struct TcpFlagTotals(ulong Syn, ulong SynAck, ulong Fin, ulong Rst);
