using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>
/// What a reader sees coming. Told some records ahead, the memory that they need is there when they are told: where thousands of short
/// connections come a second, most of the time goes by waiting for it. All of these are hints; nothing depends on them.
/// </content>
public sealed partial class ConversationTable
{
    private readonly DelayLine<FlowRef> _expectedPoints = new();
    private readonly DelayLine<FlowRef> _expectedConversations = new();

    /// <summary>This flow will be opened after about eight others.</summary>
    public void Expect(in FlowKey key)
    {
        if (key.Tunnel.Kind == TunnelKind.None)
            Expect(ConversationKey.Of(in key, default, out _).Hash(_hash));
    }

    /// <summary>A moment of this TCP connection will be told after about eight others.</summary>
    public void Expect(Endpoint first, Endpoint second) => Expect(ConversationKey.OfTcp(first, second, default, out _).Hash(_hash));

    /// <summary>This flow will be added to soon.</summary>
    public void ExpectNews(FlowRef flow) => _points.Expect(flow.Index);

    /// <summary>This flow's final counts will be told, and that its tuple was reopened, after about twelve others.</summary>
    public void Expect(FlowRef flow)
    {
        _points.Expect(flow.Index);
        var near = _expectedPoints.Turn(flow);
        _conversations.Expect(_points[near.Index].Owner);
        var nearer = _expectedConversations.Turn(near);
        if (_points[nearer.Index].Generation == nearer.Generation)
            ExpectDetached(_points[nearer.Index].Owner);
    }

    private void Expect(uint hash)
    {
        _index.Expect(hash);
        _formers.Expect(hash);
    }

    // It leaves the index and its list, and the time of its last packet is asked for.
    private void ExpectDetached(int index)
    {
        ref var conversation = ref _conversations[index];
        if (conversation.Has(Marks.Detached))
            return;
        _index.ExpectCell(conversation.Hash);
        _formers.Expect(conversation.Hash);
        ExpectPoints(in conversation);
        ExpectLinks(conversation.Previous);
        ExpectLinks(conversation.Next);
    }

    private void ExpectPoints(in ConversationEntry conversation)
    {
        _points.Expect(conversation.Sides[0].Counting);
        _points.Expect(conversation.Sides[1].Counting);
    }

    private void ExpectLinks(int index)
    {
        if (index >= 0)
            Prefetch.Line(ref _conversations[index].Previous);
    }
}
