namespace Rheo.Model;

/// <summary>What a flow counted since it was last read.</summary>
/// <param name="Packets">Packets as on the wire: a GSO super-packet counts its segments.</param>
/// <param name="Bytes">L2 bytes as on the wire.</param>
/// <param name="TcpFlags">All TCP flags ever seen on it, not only since the last read.</param>
/// <param name="Syn">Packets that carried SYN, with or without ACK.</param>
/// <param name="Fin">Packets that carried FIN.</param>
/// <param name="Rst">Packets that carried RST.</param>
public readonly record struct FlowCounts(ulong Packets, ulong Bytes, TcpFlags TcpFlags = TcpFlags.None, ushort Syn = 0, ushort Fin = 0, ushort Rst = 0);
