using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>
/// Where a packet is counted.
///
/// A packet that crosses several interfaces is reported by each of them. Per direction exactly one point counts, the others are
/// its path:
/// 1. A plain point is preferred to one that saw the packet inside a tunnel; among equals the earliest first packet wins. The reports
///    of one packet do not arrive together (slots are read one after another), so in its first two ticks a direction still moves to a better
///    point, and its totals become that point's own.
/// 2. Later it stays, unless the counting point falls silent while another sees packets (a route changed) for two ticks. Each point of the
///    path holds what it saw since the counting point was last active, and that is added when counting moves there:
///    nothing between is lost, and nothing is counted twice. In the tick in which the counting point was last active, a point that began
///    after its last packet holds everything, any other only what it saw beyond the counting point.
///    One tick of silence proves nothing: one point may be read just before a packet and the next just after it.
/// Totals only ever grow, so that counters made of them do.
/// </content>
public sealed partial class ConversationTable
{
    private const byte EarlyTicks = 2;
    private const byte SilentTicks = 2;
    private const byte Early = byte.MaxValue; // in SideEntry.Silent: rule 1 still holds

    private byte _tick;

    // Brings totals, opener and rates of a conversation up to what was added.
    private void Settle(int index)
    {
        ref var conversation = ref _conversations[index];
        var side0 = SettleSide(ref conversation, 0);
        var side1 = SettleSide(ref conversation, 1);
        conversation.Sides[0].Add(in side0);
        conversation.Sides[1].Add(in side1);
        ResolveOpener(ref conversation);
        Book(ref conversation, index, in side0, in side1);
    }

    private void Book(ref ConversationEntry conversation, int index, in Settlement side0, in Settlement side1)
    {
        if (side0 == default && side1 == default)
            return;
        _liveTraffic += new Traffic(side0.Packets + side1.Packets, side0.Bytes + side1.Bytes);
        _totalTraffic += new Traffic(side0.Packets + side1.Packets, side0.Bytes + side1.Bytes);
        _rates.Add(ref conversation.Rates, index, in side0, in side1);
        if (!conversation.Key.IsTcp)
            return;
        var (source, destination) = conversation.SourceSide == 0 ? (side0, side1) : (side1, side0);
        TcpFlags = new TcpFlagTotals(
            TcpFlags.Syn + source.Syn,
            TcpFlags.SynAck + destination.Syn,
            TcpFlags.Fin + source.Fin + destination.Fin,
            TcpFlags.Rst + source.Rst + destination.Rst);
    }

    private Settlement SettleSide(ref ConversationEntry conversation, int index)
    {
        ref var side = ref conversation.Sides[index];
        if (side.Counting < 0)
            return default;
        ref var counting = ref _points[side.Counting];
        var flags = counting.Flags;
        var last = counting.LastNs;
        for (var at = counting.Next; at >= 0; at = _points[at].Next)
        {
            flags |= _points[at].Flags;
            last = Math.Max(last, _points[at].LastNs);
        }
        if ((flags & ~side.Flags) != 0)
            conversation.Marks |= Marks.OpenerInDoubt;
        side.Flags |= flags;
        conversation.LastNs = Math.Max(conversation.LastNs, last);
        var counted = counting.Take();
        if (counting.Next >= 0)
            return SettlePath(ref side, ref counting, in counted);
        if (side.Silent == Early && IsPastEarly(in side))
            side.Silent = 0; // now, before the number of the tick wraps
        return counted;
    }

    private bool IsPastEarly(in SideEntry side) => (byte)(_tick - side.BornTick) > EarlyTicks;

    private Settlement SettlePath(ref SideEntry side, ref PointEntry counting, in Settlement counted)
    {
        if (side.Silent == Early && IsPastEarly(in side))
            EndEarly(ref side, ref counting);
        var early = side.Silent == Early;
        var othersActive = false;
        for (var at = counting.Next; at >= 0; at = _points[at].Next)
        {
            ref var other = ref _points[at];
            othersActive |= other.Packets > 0;
            if (early || counted.Packets == 0 || other.FirstNs > counting.LastNs)
                other.Hold();
            else
                other.HoldBeyond(in counted);
        }
        if (early)
            return PreferBest(ref side, in counted);
        return FollowTraffic(ref side, in counted, othersActive);
    }

    private void EndEarly(ref SideEntry side, ref PointEntry counting)
    {
        side.Silent = 0;
        for (var at = counting.Next; at >= 0; at = _points[at].Next)
            _points[at].Forget();
    }

    // Rule 1. While it is early, a point of the path holds all it ever saw.
    private Settlement PreferBest(ref SideEntry side, in Settlement counted)
    {
        var best = side.Counting;
        for (var at = _points[side.Counting].Next; at >= 0; at = _points[at].Next)
        {
            if (_points[at].IsPreferredTo(in _points[best]))
                best = at;
        }
        if (best == side.Counting)
            return counted;
        ref var former = ref _points[side.Counting];
        var formerOwn = side.Settled.Plus(in counted);
        former.HeldPackets = uint.CreateSaturating(formerOwn.Packets);
        former.HeldBytes = formerOwn.Bytes;
        CountAt(ref side, best);
        return _points[best].TakeHeld().Beyond(side.Settled);
    }

    // Rule 2.
    private Settlement FollowTraffic(ref SideEntry side, in Settlement counted, bool othersActive)
    {
        if (counted.Packets > 0)
            side.Silent = 0;
        else if (othersActive && ++side.Silent >= SilentTicks)
            return MoveToBusiest(ref side);
        return counted;
    }

    private Settlement MoveToBusiest(ref SideEntry side)
    {
        var busiest = _points[side.Counting].Next;
        for (var at = busiest; at >= 0; at = _points[at].Next)
        {
            if (_points[at].HeldPackets > _points[busiest].HeldPackets)
                busiest = at;
        }
        var held = _points[busiest].TakeHeld();
        CountAt(ref side, busiest);
        EndEarly(ref side, ref _points[busiest]);
        return held;
    }

    // Moves a point of the path to the head of the list.
    private void CountAt(ref SideEntry side, int at)
    {
        var before = side.Counting;
        while (_points[before].Next != at)
            before = _points[before].Next;
        _points[before].Next = _points[at].Next;
        _points[at].Next = side.Counting;
        side.Counting = at;
    }

    // A conversation leaves: what a new route has carried since the counting point fell silent belongs to it.
    private void SettleLast(int index)
    {
        Settle(index);
        ref var conversation = ref _conversations[index];
        var side0 = TakeUnsettled(ref conversation.Sides[0]);
        var side1 = TakeUnsettled(ref conversation.Sides[1]);
        conversation.Sides[0].Add(in side0);
        conversation.Sides[1].Add(in side1);
        Book(ref conversation, index, in side0, in side1);
    }

    private Settlement TakeUnsettled(ref SideEntry side) => side.Silent is 0 or Early ? default : MoveToBusiest(ref side);
}
