using System.Runtime.InteropServices;

namespace Rheo.Model.Table;

/// <summary>One direction of a conversation: its settled totals and its points.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct SideEntry
{
    public ulong Packets;
    public ulong Bytes;
    public int Counting; // the counting point, first of the list; -1 without any
    public TcpFlags Flags;
    public byte BornTick;
    public byte Silent; // ticks in which others saw packets and the counting point did not
    public byte MorePoints;

    // What was counted by flag, up to 255: enough for the first ticks, in which a better point may turn up, and for telling a SYN-ACK.
    public byte Syn;
    public byte Fin;
    public byte Rst;

    public readonly Traffic Traffic => new(Packets, Bytes);

    public readonly Settlement Settled => new(Packets, Bytes, Syn, Fin, Rst);

    /// <summary>Whether every packet was a SYN-ACK; nobody but the one who was called sends those.</summary>
    public readonly bool OnlySynAck =>
        Packets > 0 && Packets == Syn && Syn < byte.MaxValue && (Flags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack);

    public void Begin() => this = new SideEntry { Counting = -1 };

    public void Add(in Settlement settlement)
    {
        Packets += settlement.Packets;
        Bytes += settlement.Bytes;
        Syn = byte.CreateSaturating(Syn + settlement.Syn);
        Fin = byte.CreateSaturating(Fin + settlement.Fin);
        Rst = byte.CreateSaturating(Rst + settlement.Rst);
    }
}
