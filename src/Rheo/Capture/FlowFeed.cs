using Rheo.Model;

namespace Rheo.Capture;

/// <summary>
/// From cumulative slots to the model: what a slot has counted since it was last told goes to its conversation and to its
/// interface. Threads: the polling thread. Cost: nothing is allocated; a known flow costs no look-up.
/// </summary>
internal sealed class FlowFeed(ConversationTable conversations, InterfaceTotals totals, KernelTime time)
{
    /// <summary>Hears what is told to the model; null: nobody listens.</summary>
    internal ITrafficJournal? Journal { get; set; }

    /// <summary>Something was told since this was set to false.</summary>
    internal bool HasTold { get; set; }

    /// <summary>The first sight of this one comes after some others. It may be changing: what is read is no more than a hint.</summary>
    internal void ExpectNew<TSlot, TShape>(ref readonly TSlot slot)
        where TSlot : unmanaged
        where TShape : ISlotShape<TSlot>
    {
        if (KeyReader.IsConversation(TShape.Flow(in slot).Key))
            conversations.Expect(TShape.Key(in slot));
    }

    /// <summary>News of this one come after some others.</summary>
    internal void ExpectNews(in SeenFlow seen) => conversations.ExpectNews(seen.Flow);

    /// <summary>The end of this one comes after some others.</summary>
    internal void Expect(in SeenFlow seen) => conversations.Expect(seen.Flow);

    /// <summary>The first sight of an incarnation: who it is. Nothing is counted yet.</summary>
    internal void Begin<TSlot, TShape>(ref readonly TSlot slot, out SeenFlow seen)
        where TSlot : unmanaged
        where TShape : ISlotShape<TSlot>
    {
        ref readonly var flow = ref TShape.Flow(in slot);
        seen = new SeenFlow
        {
            Interface = (int)flow.Key.Ifindex,
            Totals = totals.Open(KeyReader.Point(flow.Key)),
            Class = KeyReader.Class(flow.Key),
            IsConversation = KeyReader.IsConversation(flow.Key),
        };
        if (seen.IsConversation)
            seen.Flow = Open<TSlot, TShape>(in slot, time.ToUnixNs(flow.FirstNs), (TcpFlags)flow.TcpFlags);
    }

    /// <summary>Tells what is new since <paramref name="packetsSeen"/>; the slot is a stable copy.</summary>
    internal void Advance<TSlot, TShape>(ref readonly TSlot slot, ref SeenFlow seen, ulong packetsSeen)
        where TSlot : unmanaged
        where TShape : ISlotShape<TSlot>
    {
        ref readonly var flow = ref TShape.Flow(in slot);
        var packets = flow.Packets - packetsSeen;
        if (packets == 0)
            return;
        HasTold = true;
        var bytes = flow.Bytes - seen.Bytes;
        if (seen.Totals < 0) // its interface was gone, and now it counts again
            seen.Totals = totals.Open(KeyReader.Point(flow.Key));
        totals.Add(seen.Totals, seen.Class, packets, bytes);
        if (seen.IsConversation)
        {
            var counts = new FlowCounts(packets, bytes, (TcpFlags)flow.TcpFlags, (ushort)(flow.Syn - seen.Syn), (ushort)(flow.Fin - seen.Fin), (ushort)(flow.Rst - seen.Rst));
            var lastSeenNs = time.JiffiesToUnixNs(flow.LastSeen);
            if (!conversations.Add(seen.Flow, in counts, lastSeenNs))
            {
                // Its conversation was over. The slot's first packet is that one's, what is new now is not.
                seen.Flow = Open<TSlot, TShape>(in slot, lastSeenNs, (TcpFlags)flow.TcpFlags & ~TcpFlags.Syn);
                conversations.Add(seen.Flow, in counts, lastSeenNs);
            }

            Journal?.Counted(seen.Flow, KeyReader.Point(flow.Key), seen.Class, in counts, lastSeenNs);
        }
        else
        {
            Journal?.Counted(default, KeyReader.Point(flow.Key), seen.Class, new FlowCounts(packets, bytes), 0);
        }

        Remember(in flow, ref seen);
    }

    /// <summary>What was told of a slot, for who reads on.</summary>
    internal SlotPast Past(in SeenFlow seen, ulong packets) => new()
    {
        Told = new Traffic(packets, seen.Bytes),
        Syn = seen.Syn,
        Fin = seen.Fin,
        Rst = seen.Rst,
        Class = seen.Class,
        IsConversation = seen.IsConversation,
        Point = seen.Totals < 0 ? null : totals.PointOf(seen.Totals),
        Interface = seen.Interface,
        Flow = seen.Flow,
    };

    /// <summary>What another reader has told of a slot.</summary>
    internal void Recall(in SlotPast past, out SeenFlow seen) => seen = new SeenFlow
    {
        Flow = past.Flow,
        Bytes = past.Told.Bytes,
        Interface = past.Interface,
        Totals = past.Point is { } point ? totals.Open(point) : -1,
        Syn = past.Syn,
        Fin = past.Fin,
        Rst = past.Rst,
        Class = past.Class,
        IsConversation = past.IsConversation,
    };

    /// <summary>The tuple begins a new connection after this incarnation; 0 where its SYN's time is not known.</summary>
    internal void Reopened(in SeenFlow seen, ulong synNs)
    {
        if (!seen.IsConversation)
            return;
        Journal?.Reopened(seen.Flow, time.ToUnixNs(synNs));
        conversations.Reopened(seen.Flow, time.ToUnixNs(synNs));
    }

    private FlowRef Open<TSlot, TShape>(ref readonly TSlot slot, long firstSeenNs, TcpFlags flags)
        where TSlot : unmanaged
        where TShape : ISlotShape<TSlot>
    {
        var key = TShape.Key(in slot);
        return conversations.Open(in key, KeyReader.Point(TShape.Flow(in slot).Key), firstSeenNs, flags);
    }

    private static void Remember(ref readonly FlowSlot flow, ref SeenFlow seen)
    {
        seen.Bytes = flow.Bytes;
        seen.Syn = flow.Syn;
        seen.Fin = flow.Fin;
        seen.Rst = flow.Rst;
    }
}
