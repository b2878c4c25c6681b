using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>What leaves the table: what has ended, what is idle too long, and what the bounds push out.</content>
public sealed partial class ConversationTable
{
    private void Expire()
    {
        ExpireIdle(_ages[(int)AgeClass.Ordinary], _options.IdleNs);
        ExpireIdle(_ages[(int)AgeClass.Established], _options.EstablishedIdleNs);
        ExpireEnded(_ages[(int)AgeClass.Ended]);
        ExpireEnded(_detached);
    }

    private void ExpireIdle(AgeList list, long idleNs)
    {
        while (list.First >= 0 && _nowNs - _conversations[list.First].LastNs >= idleNs)
            Remove(list.First, EndReason.Idle);
    }

    private void ExpireEnded(AgeList list)
    {
        while (list.First is >= 0 and var first && (NowMs - _conversations[first].EndMs) * 1_000_000L >= _options.LingerNs)
        {
            ExpectAfter(first);
            Remove(first, _conversations[first].End);
        }
    }

    // The next is there by now, and what hangs on it is fetched, and the one after it.
    private void ExpectAfter(int index)
    {
        var next = _conversations[index].Next;
        if (next < 0)
            return;
        ExpectRest(next);
        var hash = _conversations[next].Hash;
        if (_conversations[next].Has(Marks.Detached))
            _formers.Expect(hash);
        else
            _index.ExpectCell(hash);
        _conversations.Expect(_conversations[next].Next);
    }

    private void FoldLongestIdle()
    {
        if (_detached.First >= 0)
            Remove(_detached.First, _conversations[_detached.First].End);
        else if (_ages[(int)AgeClass.Ended].First is >= 0 and var ended)
            Remove(ended, _conversations[ended].End);
        else
            Remove(LongestIdle(), EndReason.Capacity);
    }

    // The lists are in order of the last tick; what was added since then waits in the points and makes a candidate young again.
    // Where that holds for all of them, any will do: 16 tries keep the search short, and folding loses nothing in either case.
    private int LongestIdle()
    {
        var candidate = OldestListed();
        for (var tries = 0; tries < 16 && IsWaiting(candidate); tries++)
        {
            Settle(candidate);
            Reclassify(candidate);
            Attribute(candidate);
            candidate = OldestListed();
        }
        return candidate;
    }

    private int OldestListed()
    {
        var ordinary = _ages[(int)AgeClass.Ordinary].First;
        var established = _ages[(int)AgeClass.Established].First;
        if (ordinary < 0 && established < 0)
            return _ages[(int)AgeClass.Ended].First;
        if (ordinary < 0 || established < 0)
            return Math.Max(ordinary, established);
        return _conversations[established].LastNs < _conversations[ordinary].LastNs ? established : ordinary;
    }

    private bool IsWaiting(int index) => IsWaiting(in _conversations[index].Sides[0]) || IsWaiting(in _conversations[index].Sides[1]);

    private bool IsWaiting(in SideEntry side)
    {
        for (var at = side.Counting; at >= 0; at = _points[at].Next)
        {
            if (_points[at].IsActive)
                return true;
        }
        return false;
    }

    private void Remove(int index, EndReason reason)
    {
        SettleLast(index);
        ref var conversation = ref _conversations[index];
        conversation.End = reason;
        Attribute(index);
        var traffic = conversation.Traffic;
        if (_observer != null && traffic.Packets > 0 && _observer.Leaves(reason))
            _observer.Ended(View(index));
        if (reason == EndReason.Capacity)
        {
            _otherTraffic += traffic;
            _otherConversations++;
        }
        else
        {
            _endedTraffic += traffic;
            _endedConversations++;
        }
        _liveTraffic = new Traffic(_liveTraffic.Packets - traffic.Packets, _liveTraffic.Bytes - traffic.Bytes);
        Free(index);
    }

    private void Free(int index)
    {
        _owners?.Forget(index);
        ref var conversation = ref _conversations[index];
        if (conversation.Has(Marks.Detached))
        {
            _formers.Remove(conversation.Hash, index);
            _detached.Remove(index);
        }
        else
        {
            _index.Remove(conversation.Hash, index);
            _ages[(int)conversation.Age].Remove(index);
        }
        if (conversation.Key.Tunnel.Kind != TunnelKind.None)
            _inTunnels--;
        FreePoints(ref conversation.Sides[0]);
        FreePoints(ref conversation.Sides[1]);
        if (conversation.Rates >= 0)
            _rates.Release(conversation.Rates);
        if (conversation.Tags >= 0)
            _tags.Return(conversation.Tags);
        conversation.Marks = Marks.None;
        conversation.Generation++;
        _conversations.Return(index);
    }

    private void FreePoints(ref SideEntry side)
    {
        for (var at = side.Counting; at >= 0;)
        {
            var next = _points[at].Next;
            FreePoint(at);
            at = next;
        }
    }
}
