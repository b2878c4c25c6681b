using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>Time: ticks, and endings.</content>
public sealed partial class ConversationTable
{
    // How far ahead memory is fetched; a conversation takes about as long as two or three fetches.
    private const int PointsAhead = 16;
    private const int ConversationsAhead = 12;
    private const int RestAhead = 8;
    private const int OwnersAhead = 4;

    private Traffic _liveTraffic;
    private Traffic _endedTraffic;
    private Traffic _otherTraffic;
    private Traffic _totalTraffic;
    private ulong _totalConversations;
    private ulong _endedConversations;
    private ulong _otherConversations;
    private long _startNs;
    private long _nowNs;

    /// <summary>What the conversations in the table carried.</summary>
    public ConversationTotals Live => new((ulong)Count, _liveTraffic);

    /// <summary>What conversations that ended carried.</summary>
    public ConversationTotals Ended => new(_endedConversations, _endedTraffic);

    /// <summary>What conversations carried that were folded away because the table was full.</summary>
    public ConversationTotals Other => new(_otherConversations, _otherTraffic);

    /// <summary>Everything ever counted: always <see cref="Live"/> + <see cref="Ended"/> + <see cref="Other"/>.</summary>
    public ConversationTotals Total => new(_totalConversations, _totalTraffic);

    /// <summary>Time from the first tick to the last, ns: also where the wall clock was set meanwhile.</summary>
    public long WatchedNs => _nowNs - _startNs;

    /// <summary>Brings totals, rates, states and endings up to this time.</summary>
    /// <param name="nowNs">The time; a clock that was set back counts as no time passed.</param>
    /// <remarks>
    /// Call it once when watching begins, then about once a second, and before reading. Cost: proportional to the
    /// conversations that were active since the last tick.
    /// </remarks>
    public void Tick(long nowNs)
    {
        var elapsedNs = _nowNs == 0 ? 0 : nowNs - _nowNs;
        if (_nowNs == 0)
            _startNs = nowNs;
        _nowNs = nowNs;
        _tick++;
        for (var at = 0; at < _activeCount; at++)
        {
            ExpectActive(at);
            ref var point = ref _points[_active[at]];
            if (!point.IsActive)
                continue;
            Settle(point.Owner);
            Reclassify(point.Owner);
            Attribute(point.Owner);
        }
        _activeCount = 0;
        _rates.Clock.Pass(elapsedNs);
        Expire();
        _rates.Sweep(_conversations);
    }

    // The points wait in no order of the memory: what the next ones need is fetched while this one is settled.
    private void ExpectActive(int at)
    {
        if (at + PointsAhead < _activeCount)
            _points.Expect(_active[at + PointsAhead]);
        if (at + ConversationsAhead < _activeCount)
            _conversations.Expect(_points[_active[at + ConversationsAhead]].Owner);
        if (at + RestAhead < _activeCount)
            ExpectRest(_points[_active[at + RestAhead]].Owner);
        if (at + OwnersAhead < _activeCount)
            ExpectOwners(_active[at + OwnersAhead]);
    }

    // What hangs on a conversation that is there.
    private void ExpectRest(int index)
    {
        ref var conversation = ref _conversations[index];
        ExpectPoints(in conversation);
        _rates.Expect(conversation.Rates);
        _owners?.Expect(index);
    }

    // Puts a conversation that was active at the end of the list it now belongs to.
    private void Reclassify(int index)
    {
        ref var conversation = ref _conversations[index];
        var state = conversation.State;
        if (conversation.Has(Marks.Detached))
        {
            if (conversation.End == EndReason.Reopened)
                conversation.End = EndOf(state, EndReason.Reopened);
            return;
        }
        conversation.End = EndOf(state, EndReason.None);
        if (conversation.End != EndReason.None && conversation.Age == AgeClass.Ended && HasJustEnded(in conversation))
            return; // its moment came first, and now its flows: it stays where it is in the list
        if (conversation.End != EndReason.None)
            conversation.EndMs = NowMs;
        _ages[(int)conversation.Age].Remove(index);
        conversation.Age = conversation.End != EndReason.None ? AgeClass.Ended
            : state == TcpWireState.Established ? AgeClass.Established
            : AgeClass.Ordinary;
        _ages[(int)conversation.Age].Append(index);
    }

    // A quarter of the linger time at most: what comes last finds it for three quarters of it still.
    private bool HasJustEnded(in ConversationEntry conversation) =>
        (NowMs - conversation.EndMs) * 1_000_000L < _options.LingerNs / 4;

    private uint NowMs => (uint)((_nowNs - _startNs) / 1_000_000);

    private static EndReason EndOf(TcpWireState state, EndReason otherwise) => state switch
    {
        TcpWireState.TimeWait => EndReason.Fin,
        TcpWireState.Closed => EndReason.Reset,
        _ => otherwise,
    };

    // The conversation is over, its key belongs to the next one.
    private void Detach(int index, long successorNs = 0)
    {
        ref var conversation = ref _conversations[index];
        if (!conversation.Has(Marks.Detached))
            Detach(ref conversation, index);
        if (successorNs == 0)
            return;
        ref var known = ref _formers.SuccessorNs(conversation.Hash, index);
        if (conversation.SuccessorIsKnown && known <= successorNs)
            return;
        known = successorNs; // of several points, the first that saw it
        conversation.SuccessorIsKnown = true;
    }

    private void Detach(ref ConversationEntry conversation, int index)
    {
        _index.Remove(conversation.Hash, index);
        _ages[(int)conversation.Age].Remove(index);
        _detached.Append(index);
        conversation.LastNs = LastOf(in conversation);
        _formers.Insert(conversation.Hash, index, conversation.LastNs + 1);
        conversation.Marks |= Marks.Detached;
        conversation.EndMs = NowMs;
        if (conversation.End == EndReason.None)
            conversation.End = EndReason.Reopened;
    }
}
