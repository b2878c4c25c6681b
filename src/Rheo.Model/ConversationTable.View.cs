using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>Reading: visits, the first by an order, and the copy that a reader gets.</content>
public sealed partial class ConversationTable
{
    /// <summary>Shows every conversation that carried anything to the visitor until it has seen enough; in no order.</summary>
    /// <remarks>Those that ended stay visible for the linger time; <see cref="Conversation.End"/> tells them.</remarks>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IConversationVisitor, allows ref struct
    {
        for (var index = 0; index < _conversations.High; index++)
        {
            if (IsShown(index) && !visitor.Visit(View(index)))
                return;
        }
    }

    /// <summary>Copies the first conversations by this order, sorted, into the span.</summary>
    /// <returns>How many there are: at most the length of the span.</returns>
    /// <remarks>Cost: without a filter only those that are returned are copied.</remarks>
    public int Top(Span<Conversation> into, ConversationOrder order, FlowFilter? filter = null)
    {
        if (into.IsEmpty)
            return 0;
        var first = new PriorityQueue<int, long>(into.Length);
        for (var index = 0; index < _conversations.High; index++)
        {
            if (!IsShown(index))
                continue;
            var rank = Rank(index, order);
            if (first.Count == into.Length && first.TryPeek(out _, out var least) && rank <= least)
                continue;
            if (filter != null && !filter.Matches(filter.NeedsView ? View(index) : Outline(index)))
                continue;
            if (first.Count < into.Length)
                first.Enqueue(index, rank);
            else
                first.EnqueueDequeue(index, rank);
        }
        var count = first.Count;
        for (var at = count - 1; at >= 0; at--)
            into[at] = Shown(first.Dequeue());
        return count;
    }

    /// <summary>Whether the conversation of this <see cref="Conversation.Id"/> is still in the table.</summary>
    public bool Holds(long id)
    {
        var index = (int)(id & (ConversationTableOptions.MaxConversationsLimit - 1));
        return id >= 0 && index < _conversations.High && _conversations[index].Has(Marks.Live) && _conversations[index].Generation == id >> 24;
    }

    private bool IsShown(int index)
    {
        ref var conversation = ref _conversations[index];
        return conversation.Has(Marks.Live) && (conversation.Sides[0].Packets | conversation.Sides[1].Packets) != 0;
    }

    private long Rank(int index, ConversationOrder order)
    {
        ref var conversation = ref _conversations[index];
        return order switch
        {
            ConversationOrder.Bytes => (long)conversation.Traffic.Bytes,
            ConversationOrder.Packets => (long)conversation.Traffic.Packets,
            ConversationOrder.RateOneSecond => Rank(_rates.ReadBytes(conversation.Rates, 1)),
            ConversationOrder.RateTenSeconds => Rank(_rates.ReadBytes(conversation.Rates, RateClock.GroupLength)),
            ConversationOrder.RateOneMinute => Rank(_rates.Read(conversation.Rates, 0).OneMinute.Bytes),
            ConversationOrder.FirstSeen => conversation.FirstNs,
            ConversationOrder.LastSeen => conversation.LastNs,
            ConversationOrder.HandshakeRtt => conversation.RttUs,
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
    }

    // Rates below one byte a second still have an order.
    private static long Rank(float bytesPerSecond) => (long)(bytesPerSecond * 1000.0);

    // Somebody looks: whose it is may have changed since its last packet.
    private Conversation Shown(int index)
    {
        if (Owners is not null && HasSockets(in _conversations[index]))
            AskOwners(index);
        return View(index);
    }

    private Conversation View(int index)
    {
        ref var conversation = ref _conversations[index];
        var source = conversation.SourceSide;
        return Outline(index) with
        {
            SentPath = PathOf(in conversation.Sides[source]),
            ReceivedPath = PathOf(in conversation.Sides[1 - source]),
            Rates = _rates.Read(conversation.Rates, source),
        };
    }

    // All but paths and rates: what a filter asks for, at a third of the cost.
    private Conversation Outline(int index)
    {
        ref var conversation = ref _conversations[index];
        ref readonly var key = ref conversation.Key;
        var source = conversation.SourceSide;
        ref readonly var sent = ref conversation.Sides[source];
        ref readonly var received = ref conversation.Sides[1 - source];
        var tags = conversation.Tags < 0 ? default : _tags[conversation.Tags];
        return new Conversation
        {
            Id = ((long)conversation.Generation << 24) | (uint)index,
            Source = source == 0 ? key.Side0 : key.Side1,
            Destination = source == 0 ? key.Side1 : key.Side0,
            Initiator = conversation.Has(Marks.OpenerKnown) ? Initiator.Syn : Initiator.Guess,
            Protocol = key.Protocol,
            Network = key.Network,
            IsFragment = key.IsFragment,
            IcmpType = key.IcmpType,
            IcmpCode = key.IcmpCode,
            Vlan = tags.Vlan,
            InnerVlan = tags.InnerVlan,
            Tunnel = tags.TunnelFrom(source),
            Sent = sent.Traffic,
            Received = received.Traffic,
            TcpState = conversation.State,
            SentFlags = sent.Flags,
            ReceivedFlags = received.Flags,
            HandshakeRttNs = conversation.RttUs == 0 ? null : (conversation.RttUs - 1) * 1000L,
            SynRetransmits = conversation.SynRetransmits,
            SynAckRetransmits = conversation.SynAckRetransmits,
            FirstSeenNs = conversation.FirstNs,
            LastSeenNs = conversation.LastNs,
            End = conversation.End,
            SourceProcesses = ProcessesOf(index, source),
            DestinationProcesses = ProcessesOf(index, 1 - source),
        };
    }

    private InterfacePath PathOf(in SideEntry side)
    {
        var path = new InterfacePath { More = side.MorePoints };
        if (side.Counting < 0)
            return path;
        path.Append(_points[side.Counting].Point);
        Span<int> others = stackalloc int[InterfacePath.Capacity];
        var count = 0;
        for (var at = _points[side.Counting].Next; at >= 0; at = _points[at].Next)
            InsertByTime(others, count++, at);
        foreach (var at in others[..count])
            path.Append(_points[at].Point);
        return path;
    }

    private void InsertByTime(Span<int> sorted, int count, int at)
    {
        for (; count > 0 && _points[sorted[count - 1]].FirstNs > _points[at].FirstNs; count--)
            sorted[count] = sorted[count - 1];
        sorted[count] = at;
    }
}
