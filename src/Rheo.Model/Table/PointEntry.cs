using System.Runtime.InteropServices;

namespace Rheo.Model.Table;

/// <summary>One direction of a conversation at one point. 64 bytes: counting touches one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PointEntry
{
    private const uint OwnerMask = ConversationTableOptions.MaxConversationsLimit - 1;
    private const uint Side1Bit = 1 << 24;
    private const uint EgressBit = 1 << 25;
    private const uint TunnelledBit = 1 << 26;
    private const uint ActiveBit = 1 << 27;

    public uint Generation; // a FlowRef with another generation is stale
    private uint _owner; // index of the conversation, and the bits above
    public int Next; // next point of the same direction, or -1
    public int Interface;

    // What came since the last settlement.
    public uint Packets;
    public uint HeldPackets;
    public ulong Bytes;

    // A point on the path: what it saw since the counting point was last active. See ConversationTable.Settle.cs.
    public ulong HeldBytes;

    public long FirstNs;
    public long LastNs;
    public TcpFlags Flags;
    public ushort Syn;
    public ushort Fin;
    public ushort Rst;

    public readonly int Owner => (int)(_owner & OwnerMask);

    public readonly int Side => (_owner & Side1Bit) != 0 ? 1 : 0;

    public readonly bool IsTunnelled => (_owner & TunnelledBit) != 0;

    /// <summary>Whether it waits for settlement.</summary>
    public readonly bool IsActive => (_owner & ActiveBit) != 0;

    public readonly ObservationPoint Point => new(Interface, (_owner & EgressBit) != 0);

    public void Begin(int owner, int side, ObservationPoint point, bool tunnelled, long firstNs)
    {
        var generation = Math.Max(Generation, 1);
        this = default;
        Generation = generation;
        _owner = (uint)owner | (side == 1 ? Side1Bit : 0) | (point.Egress ? EgressBit : 0) | (tunnelled ? TunnelledBit : 0);
        Interface = point.Interface;
        Next = -1;
        FirstNs = firstNs;
        LastNs = firstNs;
    }

    public void End()
    {
        if (++Generation == 0)
            Generation = 1;
        _owner = 0;
    }

    public void SetActive() => _owner |= ActiveBit;

    /// <summary>Whether it comes before the other as the place to count at: plain before tunnelled, then by time of first packet.</summary>
    public readonly bool IsPreferredTo(in PointEntry other) =>
        IsTunnelled != other.IsTunnelled ? other.IsTunnelled : FirstNs < other.FirstNs;

    /// <summary>Takes out what came since the last settlement.</summary>
    public Settlement Take()
    {
        var taken = new Settlement(Packets, Bytes, Syn, Fin, Rst);
        Packets = 0;
        Bytes = 0;
        Syn = Fin = Rst = 0;
        _owner &= ~ActiveBit;
        return taken;
    }

    /// <summary>Keeps what came on top of what is held; the flag counters stay where they are.</summary>
    public void Hold()
    {
        HeldPackets = uint.CreateSaturating((ulong)HeldPackets + Packets);
        HeldBytes += Bytes;
        Packets = 0;
        Bytes = 0;
        _owner &= ~ActiveBit;
    }

    /// <summary>Keeps only what came beyond what the counting point counted in the same time.</summary>
    public void HoldBeyond(in Settlement counted)
    {
        HeldPackets = Packets > counted.Packets ? Packets - (uint)counted.Packets : 0;
        HeldBytes = Bytes > counted.Bytes ? Bytes - counted.Bytes : 0;
        Take();
    }

    /// <summary>Takes out what is held.</summary>
    public Settlement TakeHeld()
    {
        var held = new Settlement(HeldPackets, HeldBytes, Syn, Fin, Rst);
        Forget();
        return held;
    }

    public void Forget()
    {
        HeldPackets = 0;
        HeldBytes = 0;
        Syn = Fin = Rst = 0;
    }
}
