using Rheo.Model.Owners;
using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>Whose the ends are. It is asked for when a conversation was active and when it is shown, never for a packet.</content>
public sealed partial class ConversationTable
{
    // The same in every network namespace.
    private const int Loopback = 1;

    private OwnerBook? _owners;

    /// <summary>Who can tell owners; null: nobody. It is asked on the thread that ticks.</summary>
    /// <remarks>
    /// Once known, owners are remembered with the conversation, also after it ended. Cost: 56 bytes a conversation, and two look-ups
    /// for one that was active: in its first tick, and again after 250 ms, 500 ms, … 16 s.
    /// </remarks>
    public ISocketOwners? Owners
    {
        get;
        set
        {
            field = value;
            if (value is not null)
                _owners ??= new OwnerBook();
        }
    }

    /// <summary>What the ends carried, by whose they are, as of the last tick.</summary>
    public OwnerSums OwnerSums => _owners?.Sums ?? OwnerSums.None;

    /// <summary>Takes over whose the ends of a flow are; nothing happens when the reference is stale.</summary>
    public void Own(in FlowOwners known)
    {
        ref var point = ref _points[known.Flow.Index];
        if (point.Generation == known.Flow.Generation)
            Own(point.Owner, point.Side, known.Sender, known.Receiver);
    }

    /// <summary>The flows whose owners changed since the last time that somebody took them.</summary>
    public IReadOnlyList<FlowOwners> TakeOwnerNews()
    {
        var changed = _owners?.TakeNews() ?? [];
        var news = new List<FlowOwners>(4 * changed.Length);
        foreach (var index in changed)
        {
            if (_conversations[index].Has(Marks.Live))
                TellOwners(index, news);
        }
        return news;
    }

    private void TellOwners(int index, List<FlowOwners> news)
    {
        for (var side = 0; side < 2; side++)
        {
            for (var at = _conversations[index].Sides[side].Counting; at >= 0; at = _points[at].Next)
                news.Add(new FlowOwners(new FlowRef(at, _points[at].Generation), ProcessesOf(index, side), ProcessesOf(index, 1 - side)));
        }
    }

    private IReadOnlyList<SocketProcess> ProcessesOf(int index, int side) => _owners?.ProcessesOf(index, side) ?? [];

    private void Own(int index, int side, IReadOnlyList<SocketProcess> sender, IReadOnlyList<SocketProcess> receiver)
    {
        if (sender.Count > 0)
            SetOwner(index, side, sender);
        if (receiver.Count > 0)
            SetOwner(index, 1 - side, receiver);
    }

    private void SetOwner(int index, int side, IReadOnlyList<SocketProcess> processes)
    {
        (_owners ??= new OwnerBook()).Set(index, side, processes, _nowNs);
        Settle(index, side);
    }

    // A conversation was active: asks for its owners when it is time to, and counts what came since for them.
    private void Attribute(int index)
    {
        if (_owners is not { } book || !HasSockets(in _conversations[index]))
            return;
        ref var entry = ref book[index];
        if (Owners is not null && entry.IsDue(NowMs))
        {
            AskOwners(index);
            entry.Postpone(NowMs);
        }
        book.SetUnattributed(ref entry, IsUnattributed(index, 0) || IsUnattributed(index, 1));
        Settle(index, 0);
        Settle(index, 1);
        Charge(index, 0);
        Charge(index, 1);
    }

    // Of a point that is settled soon.
    private void ExpectOwners(int at)
    {
        ref var point = ref _points[at];
        if (Owners is not { } owners || !point.IsActive || !HasSockets(in _conversations[point.Owner]) || !_owners![point.Owner].IsDue(NowMs))
            return;
        ref readonly var key = ref _conversations[point.Owner].Key;
        owners.Expect(key.Protocol, key.Side0, key.Side1);
        owners.Expect(key.Protocol, key.Side1, key.Side0);
    }

    private static bool HasSockets(in ConversationEntry conversation) =>
        conversation.Key.Protocol is Transport.Tcp or Transport.Udp && conversation.Key is { IsFragment: false, Network: not NetworkType.Arp };

    private void AskOwners(int index)
    {
        ref var conversation = ref _conversations[index];
        AskOwner(index, 0, conversation.Key.Side0, conversation.Key.Side1);
        AskOwner(index, 1, conversation.Key.Side1, conversation.Key.Side0);
    }

    // What is over keeps who it had: the port may be another's by now. What is not known any more was known.
    private void AskOwner(int index, int side, Endpoint local, Endpoint remote)
    {
        ref var conversation = ref _conversations[index];
        if (conversation.End != EndReason.None && _owners![index].Ends[side].Owners is not null)
            return;
        var found = Owners!.Find(conversation.Key.Protocol, local, remote, conversation.FirstNs, conversation.LastNs);
        if (found.Count > 0)
            SetOwner(index, side, found);
    }

    private bool IsUnattributed(int index, int side) => _owners![index].Ends[side].Owners is null && IsHere(in _conversations[index], side);

    // Where an end's traffic is counted may have changed: then all that it has carried moves along. Sums only grow.
    private void Settle(int index, int side)
    {
        ref var entry = ref _owners![index];
        var (before, now) = (entry.ChargedTo(side), ChargedToOf(index, side));
        if (now == before)
            return;
        entry.ChargeTo(side, now);
        if (before == ChargedTo.Before)
            return;
        var carried = new EndTraffic(entry.Ends[side].Counted, entry.Ends[1 - side].Counted);
        if (carried == default)
            return;
        if (before == ChargedTo.Unattributed)
            _owners.Accounts.Late.Add(carried, _nowNs);
        AccountOf(index, side)?.Add(carried, _nowNs);
    }

    private ChargedTo ChargedToOf(int index, int side) =>
        _owners![index].Ends[side].Owners is not null ? ChargedTo.Owner
            : IsUnattributed(index, side) ? ChargedTo.Unattributed : ChargedTo.Nobody;

    // What a side has sent since the last time: its owner sent it, the other's received it.
    private void Charge(int index, int side)
    {
        ref var counted = ref _owners![index].Ends[side].Counted;
        var total = _conversations[index].Sides[side].Traffic;
        var news = new Traffic(total.Packets - counted.Packets, total.Bytes - counted.Bytes);
        if (news == default)
            return;
        counted = total;
        AccountOf(index, side)?.Add(new EndTraffic(news, default), _nowNs);
        AccountOf(index, 1 - side)?.Add(new EndTraffic(default, news), _nowNs);
    }

    private OwnerAccount? AccountOf(int index, int side)
    {
        if (_owners![index].Ends[side].Owners is { } owners)
            return _owners.AccountOf(owners, _nowNs);
        return IsUnattributed(index, side) ? _owners.Accounts.Unattributed : null;
    }

    // Whether an end is a socket of this network namespace: what it sends leaves without having come in, what it gets comes in and does not leave.
    private bool IsHere(in ConversationEntry conversation, int side)
    {
        var sent = conversation.Sides[side].Counting;
        var received = conversation.Sides[1 - side].Counting;
        return sent >= 0 ? StaysOn(sent, egress: true) : received >= 0 && StaysOn(received, egress: false);
    }

    // All points of a path in this direction; loopback has both.
    private bool StaysOn(int at, bool egress)
    {
        for (; at >= 0; at = _points[at].Next)
        {
            if (_points[at].Point.Egress != egress && _points[at].Interface != Loopback)
                return false;
        }
        return true;
    }
}
