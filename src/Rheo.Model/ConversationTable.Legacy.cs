using Rheo.Model.Owners;
using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>
/// From a table that ends to the one that goes on in its place: the counts as well. Rates are not handed on: they tell of the last
/// minute, and begin anew.
/// </content>
public sealed partial class ConversationTable
{
    /// <summary>The sums over what the table does not hold any more.</summary>
    public ConversationSums Sums => new()
    {
        Ended = Ended,
        Other = Other,
        TcpFlags = TcpFlags,
        Handshakes = Handshakes.Completed,
        HandshakesRetransmitted = Handshakes.Retransmitted,
        RttCounts = Handshakes.Rtt.Counts.ToArray(),
        RttSumNs = Handshakes.Rtt.SumNs,
    };

    /// <summary>
    /// Gives every flow that an heir needs. Conversations that are over already end here, so take <see cref="Sums"/> and
    /// <see cref="OwnerSums"/> afterwards; the table is not to be added to any more.
    /// </summary>
    /// <param name="nowNs">The time.</param>
    /// <remarks>Of a direction the first flow given is the one that it is counted at.</remarks>
    public IEnumerable<FlowLegacy> Bequeath(long nowNs)
    {
        Tick(nowNs);
        for (var index = 0; index < _conversations.High; index++)
        {
            if (_conversations[index].Has(Marks.Live))
                EndIfNobodyAsks(index);
        }

        return Legacies();
    }

    private IEnumerable<FlowLegacy> Legacies()
    {
        for (var index = 0; index < _conversations.High; index++)
        {
            if (!_conversations[index].Has(Marks.Live))
                continue;
            for (var side = 0; side < 2; side++)
            {
                for (var at = _conversations[index].Sides[side].Counting; at >= 0; at = _points[at].Next)
                    yield return Legacy(index, side, at);
            }
        }
    }

    /// <summary>Takes over a flow of the table before. Call it after a <see cref="Tick"/>, and before anything else is added.</summary>
    /// <returns>The reference to add to.</returns>
    public FlowRef Inherit(in FlowLegacy legacy)
    {
        var flow = Resume(legacy.Past);
        ref var point = ref _points[flow.Index];
        ref var conversation = ref _conversations[point.Owner];
        conversation.LastNs = Math.Max(conversation.LastNs, legacy.LastSeenNs);
        ref var side = ref conversation.Sides[point.Side];
        side.Silent = 0; // where it is counted was settled before
        side.Packets += legacy.Carried.Packets;
        side.Bytes += legacy.Carried.Bytes;
        _liveTraffic += legacy.Carried;
        _totalTraffic += legacy.Carried;
        if (_owners is { } book && HasSockets(in conversation))
            InheritCounted(ref book[point.Owner], point.Side, legacy.Carried);
        return flow;
    }

    /// <summary>Takes over what the processes had carried. Before the flows, which are part of it.</summary>
    public void Inherit(OwnerSums sums)
    {
        if (sums.IsKnown)
            (_owners ??= new OwnerBook()).Accounts.Inherit(sums, _nowNs);
    }

    // It is in the sums that were taken over, with whom it was counted then.
    private static void InheritCounted(ref OwnerEntry entry, int side, Traffic carried)
    {
        entry.Ends[side].Counted += carried;
        for (var end = 0; end < 2; end++)
        {
            if (entry.ChargedTo(end) == ChargedTo.Nobody)
                entry.ChargeTo(end, ChargedTo.Before);
        }
    }

    /// <summary>Takes over the sums of the table before.</summary>
    public void Inherit(ConversationSums sums)
    {
        _endedTraffic += sums.Ended.Traffic;
        _endedConversations += sums.Ended.Conversations;
        _otherTraffic += sums.Other.Traffic;
        _otherConversations += sums.Other.Conversations;
        _totalTraffic += sums.Ended.Traffic + sums.Other.Traffic;
        _totalConversations += sums.Ended.Conversations + sums.Other.Conversations;
        var (ours, theirs) = (TcpFlags, sums.TcpFlags);
        TcpFlags = new TcpFlagTotals(ours.Syn + theirs.Syn, ours.SynAck + theirs.SynAck, ours.Fin + theirs.Fin, ours.Rst + theirs.Rst);
        Handshakes.Inherit(sums);
    }

    // What another conversation of the key has followed, or what no flow was read of yet: its flows will begin it again.
    private void EndIfNobodyAsks(int index)
    {
        SettleLast(index);
        ref var conversation = ref _conversations[index];
        var hasFlows = conversation.Sides[0].Counting >= 0 || conversation.Sides[1].Counting >= 0;
        if (hasFlows && !conversation.Has(Marks.Detached))
            Attribute(index);
        else
            Remove(index, conversation.End);
    }

    private FlowLegacy Legacy(int index, int side, int at)
    {
        ref var conversation = ref _conversations[index];
        TryRecall(new FlowRef(at, _points[at].Generation), out var past);
        return new FlowLegacy(past, LastOf(in conversation), at == conversation.Sides[side].Counting ? conversation.Sides[side].Traffic : default);
    }
}
