using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>From one table to another: what is known beside the counts.</content>
public sealed partial class ConversationTable
{
    /// <summary>What is known of a flow; false when the reference is stale.</summary>
    /// <remarks>Cost: two or three cache lines, no look-up, no allocation.</remarks>
    public bool TryRecall(FlowRef flow, out FlowPast past)
    {
        ref var point = ref _points[flow.Index];
        past = default;
        if (point.Generation != flow.Generation)
            return false;
        ref var conversation = ref _conversations[point.Owner];
        past = new FlowPast
        {
            Key = KeyOf(in conversation, in point),
            Point = point.Point,
            FirstSeenNs = point.FirstNs,
            BeganNs = conversation.FirstNs,
            Flags = point.Flags,
            SideFlags = conversation.Sides[point.Side].Flags,
            SentByOpener = conversation.Has(Marks.OpenerKnown) ? conversation.SourceSide == point.Side : null,
            Handshake = conversation.Has(Marks.Handshake),
            HandshakeRttUs = conversation.RttUs == 0 ? null : conversation.RttUs - 1,
            SynRetransmits = conversation.SynRetransmits,
            SynAckRetransmits = conversation.SynAckRetransmits,
            BothFin = conversation.Has(Marks.BothFin),
            Reset = conversation.Has(Marks.Reset),
            Sender = ProcessesOf(point.Owner, point.Side),
            Receiver = ProcessesOf(point.Owner, 1 - point.Side),
        };
        return true;
    }

    /// <summary>Whether a reference still counts for its conversation.</summary>
    public bool IsFresh(FlowRef flow) => _points[flow.Index].Generation == flow.Generation;

    /// <summary>Finds or makes the conversation and the point of a flow that another table has watched before.</summary>
    /// <remarks>What this table knows better stays as it is. Cost: as <see cref="Open"/>.</remarks>
    public FlowRef Resume(in FlowPast past)
    {
        var flow = Open(past.Key, past.Point, past.FirstSeenNs, past.Flags);
        Learn(flow, in past);
        return flow;
    }

    /// <summary>Takes over what another table knows of a flow that is open here. The reference must be fresh.</summary>
    public void Learn(FlowRef flow, in FlowPast past)
    {
        ref var point = ref _points[flow.Index];
        ref var conversation = ref _conversations[point.Owner];
        LearnFlags(ref conversation, ref conversation.Sides[point.Side], past.SideFlags);
        conversation.FirstNs = Math.Min(conversation.FirstNs, past.BeganNs);
        if (past.SentByOpener is { } opened && !conversation.Has(Marks.OpenerKnown))
            conversation.SetOpener(opened ? point.Side : 1 - point.Side);
        if (past.BothFin)
            conversation.Marks |= Marks.BothFin;
        if (past.Reset)
            conversation.Marks |= Marks.Reset;
        if (past.Handshake && !conversation.Has(Marks.Handshake))
            RecallHandshake(ref conversation, in past);
        Own(point.Owner, point.Side, past.Sender, past.Receiver);
    }

    private static void LearnFlags(ref ConversationEntry conversation, ref SideEntry side, TcpFlags flags)
    {
        if ((flags & ~side.Flags) == 0)
            return;
        side.Flags |= flags;
        conversation.Marks |= Marks.OpenerInDoubt;
    }

    private static void RecallHandshake(ref ConversationEntry conversation, in FlowPast past)
    {
        conversation.Marks |= Marks.Handshake;
        conversation.SynRetransmits = past.SynRetransmits;
        conversation.SynAckRetransmits = past.SynAckRetransmits;
        if (past.HandshakeRttUs is { } us)
            conversation.RttUs = us < uint.MaxValue ? us + 1 : us;
    }

    private FlowKey KeyOf(in ConversationEntry conversation, in PointEntry point)
    {
        ref readonly var key = ref conversation.Key;
        var (sender, receiver) = point.Side == 0 ? (key.Side0, key.Side1) : (key.Side1, key.Side0);
        var tags = conversation.Tags < 0 ? default : _tags[conversation.Tags];
        var tunnel = point.IsTunnelled ? tags.TunnelFrom(point.Side) : default;
        return new FlowKey
        {
            Source = sender.Address,
            Destination = receiver.Address,
            SourcePort = sender.Port,
            DestinationPort = receiver.Port,
            Protocol = key.Protocol,
            Network = key.Network,
            IsFragment = key.IsFragment,
            IcmpType = key.IsIcmp && point.Side == 1 ? IcmpQuery.ReplyOf(key.Protocol, key.IcmpType) : key.IcmpType,
            IcmpCode = key.IcmpCode,
            Vlan = tags.Vlan,
            InnerVlan = tags.InnerVlan,
            Tunnel = tunnel.Id,
            OuterSource = tunnel.OuterSource,
            OuterDestination = tunnel.OuterDestination,
        };
    }
}
