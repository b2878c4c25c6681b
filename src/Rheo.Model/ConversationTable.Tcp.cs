using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>Who opened it, and what the kernel's moments tell.</content>
public sealed partial class ConversationTable
{
    // The slot's time of a SYN is taken before the handshake's, and other points see the SYN a little earlier or later.
    private const long CrossingNs = 20_000;

    /// <summary>A TCP handshake completed.</summary>
    /// <remarks>The conversation is made when its flows were not read yet; it is not shown before they are.</remarks>
    public void Established(in HandshakeMoment moment)
    {
        var openedNs = moment.SynNs > 0 ? moment.SynNs : moment.AckNs;
        var index = FindTcp(moment.Client, moment.Server, moment.TunnelId, openedNs, out var key, out var hash, out var side);
        if (index >= 0 && IsOver(index, openedNs))
        {
            Detach(index);
            index = -1;
        }
        else if (index >= 0 && _conversations[index].Has(Marks.Handshake)) // one to a connection
        {
            if (IsSameHandshake(in _conversations[index], openedNs))
                return;
            Detach(index, openedNs - CrossingNs);
            index = _index.Find(hash, in key);
        }
        if (index < 0)
            index = Begin(in key, hash, side, openedNs);
        Handshakes.Add(in moment);
        ref var conversation = ref _conversations[index];
        conversation.SetOpener(side);
        conversation.Marks |= Marks.Handshake;
        conversation.SynRetransmits = byte.CreateSaturating(moment.SynRetransmits);
        conversation.SynAckRetransmits = byte.CreateSaturating(moment.SynAckRetransmits);
        if (moment.RttNs is { } rttNs)
            conversation.RttUs = uint.CreateSaturating(rttNs / 1000) is var us && us < uint.MaxValue ? us + 1 : us;
    }

    // Where a tunnel ends on this host, one handshake is seen inside it and outside: the next connection's SYN comes after this one's ACK.
    private static bool IsSameHandshake(in ConversationEntry conversation, long openedNs) =>
        openedNs <= conversation.FirstNs + (conversation.RttUs * 1000L) + CrossingNs;

    /// <summary>A TCP connection ended.</summary>
    /// <remarks>Nothing happens when it is not known: its flags will tell when its flows are read.</remarks>
    public void Closed(in CloseMoment moment)
    {
        var index = FindTcp(moment.First, moment.Second, moment.TunnelId, moment.TimeNs, out _, out _, out _);
        if (index < 0 || _conversations[index].FirstNs > moment.TimeNs)
            return;
        ref var conversation = ref _conversations[index];
        conversation.Marks |= moment.Reset ? Marks.Reset : Marks.BothFin;
        conversation.LastNs = Math.Max(conversation.LastNs, moment.TimeNs);
        Reclassify(index);
    }

    // A moment carries the tunnel's id without its kind. Where nothing is known by a tunnel, none of them is looked for: of a short connection
    // nothing at all is known yet when its handshake is told.
    private int FindTcp(Endpoint source, Endpoint destination, uint tunnelId, long timeNs, out ConversationKey key, out uint hash, out int side)
    {
        key = ConversationKey.OfTcp(source, destination, default, out side);
        hash = key.Hash(_hash);
        var index = Find(hash, in key, timeNs);
        for (var kind = tunnelId == 0 ? TunnelKind.IpIp : TunnelKind.Gre; index < 0 && _inTunnels > 0 && kind <= TunnelKind.Geneve; kind++)
        {
            var inside = ConversationKey.OfTcp(source, destination, new TunnelId(kind, tunnelId), out _);
            var insideHash = inside.Hash(_hash);
            index = Find(insideHash, in inside, timeNs);
            if (index < 0)
                continue;
            key = inside;
            hash = insideHash;
        }
        return index;
    }

    private void ResolveOpener(ref ConversationEntry conversation)
    {
        if (!conversation.Has(Marks.OpenerInDoubt))
            return;
        conversation.Marks &= ~Marks.OpenerInDoubt;
        if (conversation.Has(Marks.OpenerKnown) || conversation.Key.IsIcmp)
            return;
        var first0 = FirstOf(in conversation.Sides[0]);
        var first1 = FirstOf(in conversation.Sides[1]);
        var earlier = first1 < first0 ? 1 : 0;
        if (conversation.Key.IsTcp && OpenerBySyn(in conversation, earlier) is { } opener)
            conversation.SetOpener(opener);
        else
            conversation.SetSource(earlier);
    }

    // Flags are those of all packets of a side together, so SYN and ACK may be a SYN and its ACK, or a SYN-ACK.
    private static int? OpenerBySyn(in ConversationEntry conversation, int earlier)
    {
        var syn0 = (conversation.Sides[0].Flags & Model.TcpFlags.Syn) != 0;
        var syn1 = (conversation.Sides[1].Flags & Model.TcpFlags.Syn) != 0;
        if (syn0 && syn1)
            return earlier; // the SYN comes before the SYN-ACK
        if (!syn0 && !syn1)
            return null;
        var sender = syn0 ? 0 : 1;
        if ((conversation.Sides[sender].Flags & Model.TcpFlags.Ack) == 0)
            return sender;
        var otherSeen = conversation.Sides[1 - sender].Counting >= 0;
        return otherSeen || conversation.Sides[sender].OnlySynAck ? 1 - sender : null;
    }

    private long FirstOf(in SideEntry side)
    {
        var first = long.MaxValue;
        for (var at = side.Counting; at >= 0; at = _points[at].Next)
            first = Math.Min(first, _points[at].FirstNs);
        return first;
    }

    // Whether a SYN of this time opens a new connection instead of belonging to this one.
    private bool IsOver(int index, long synNs)
    {
        ref var conversation = ref _conversations[index];
        if (conversation.Has(Marks.Detached))
            return false; // it was found because the time is from before its successor
        if (conversation.End == EndReason.None && conversation.State is not (TcpWireState.TimeWait or TcpWireState.Closed))
            return false;
        return synNs > conversation.LastNs && synNs > LastOf(in conversation);
    }

    private long LastOf(in ConversationEntry conversation) =>
        Math.Max(conversation.LastNs, Math.Max(LastOf(in conversation.Sides[0]), LastOf(in conversation.Sides[1])));

    private long LastOf(in SideEntry side)
    {
        var last = long.MinValue;
        for (var at = side.Counting; at >= 0; at = _points[at].Next)
            last = Math.Max(last, _points[at].LastNs);
        return last;
    }
}
