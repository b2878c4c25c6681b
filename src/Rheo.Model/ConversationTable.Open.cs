using Rheo.Model.Table;

namespace Rheo.Model;

/// <content>Finding and making conversations and points: the slow path.</content>
public sealed partial class ConversationTable
{
    /// <summary>Finds or makes the conversation and the point of a flow.</summary>
    /// <param name="key">The flow.</param>
    /// <param name="point">Where it was seen.</param>
    /// <param name="firstSeenNs">Time of its first packet there.</param>
    /// <param name="flagsSoFar">All TCP flags seen so far.</param>
    /// <returns>The reference to add to. Flows of the same key and point, of several CPUs, get the same one and add up.</returns>
    /// <remarks>Cost: one hash look-up; allocates only when the table grows. Folds the longest idle away when the table is full.</remarks>
    public FlowRef Open(in FlowKey key, ObservationPoint point, long firstSeenNs, TcpFlags flagsSoFar)
    {
        var tunnelled = key.Tunnel.Kind != TunnelKind.None;
        var identity = ConversationKey.Of(in key, IdentityOf(key.Tunnel), out var side);
        var hash = identity.Hash(_hash);
        var index = Find(hash, in identity, firstSeenNs);
        if (index >= 0 && (flagsSoFar & Model.TcpFlags.Syn) != 0 && IsOver(index, firstSeenNs))
        {
            Detach(index);
            index = -1;
        }
        if (index < 0)
            index = Begin(in identity, hash, side, firstSeenNs);
        ref var conversation = ref _conversations[index];
        if (tunnelled || key.Vlan != 0)
            Tag(ref conversation, in key, side);
        return OpenPoint(index, side, point, tunnelled, firstSeenNs, flagsSoFar);
    }

    /// <summary>A SYN came on this flow after it had ended: its conversation is over, and the next <see cref="Open"/> of the key begins another.</summary>
    /// <remarks>
    /// The old conversation stays for the linger time, so that what other points still report of it finds it: flows and moments from before
    /// the SYN are its own. Call it after adding the flow's final counts; a stale reference is fine.
    /// </remarks>
    /// <param name="flow">The flow that had ended.</param>
    /// <param name="synNs">Time of the SYN; 0 where it is not known: then the old conversation's last packet is the limit, to the jiffy.</param>
    public void Reopened(FlowRef flow, long synNs = 0)
    {
        ref var point = ref _points[flow.Index];
        if (point.Generation == flow.Generation && (synNs == 0 || point.FirstNs < synNs))
            Detach(point.Owner, synNs);
    }

    /// <summary>The tunnels that end on this host, as last told.</summary>
    public IReadOnlySet<TunnelId> TerminatedTunnels => _terminated;

    /// <summary>Tells which tunnels end on this host, so that what is seen inside them and outside is one conversation.</summary>
    /// <remarks>
    /// A tunnel that passes through stays part of the conversation's identity: two tenants may use the same addresses.
    /// Conversations of tunnels that changed end with <see cref="EndReason.TunnelChanged"/>, and their references go stale.
    /// </remarks>
    public void SetTerminatedTunnels(IReadOnlySet<TunnelId> tunnels)
    {
        var changed = new HashSet<TunnelId>(_terminated);
        changed.SymmetricExceptWith(tunnels);
        if (changed.Count == 0)
            return;
        _terminated = [.. tunnels];
        for (var index = 0; index < _conversations.High; index++)
        {
            ref var conversation = ref _conversations[index];
            if (conversation.Has(Marks.Live) && conversation.Tags >= 0 && changed.Contains(_tags[conversation.Tags].Tunnel))
                Remove(index, EndReason.TunnelChanged);
        }
    }

    // A tuple may be reused before all flows of its former connection were told: what is from before its SYN belongs to the former.
    private int Find(uint hash, in ConversationKey key, long timeNs)
    {
        var index = _index.Find(hash, in key);
        if (_detached.First < 0 || (index >= 0 && timeNs >= _conversations[index].FirstNs))
            return index;
        return _formers.FindBeforeSuccessor(hash, in key, timeNs) is >= 0 and var former ? former : index;
    }

    private TunnelId IdentityOf(TunnelId tunnel) =>
        tunnel.Kind == TunnelKind.None || _terminated.Contains(tunnel) ? default : tunnel;

    private int Begin(in ConversationKey key, uint hash, int sourceSide, long firstSeenNs)
    {
        if (Count >= _options.MaxConversations)
            FoldLongestIdle();
        var index = _conversations.Rent();
        ref var conversation = ref _conversations[index];
        conversation = new ConversationEntry
        {
            Key = key,
            Hash = hash,
            Generation = conversation.Generation,
            FirstNs = firstSeenNs,
            LastNs = firstSeenNs,
            Rates = -1,
            Tags = -1,
            Marks = Marks.Live,
        };
        conversation.SetSource(key.IsIcmp ? 0 : sourceSide);
        conversation.Sides[0].Begin();
        conversation.Sides[1].Begin();
        _index.Insert(hash, index);
        _ages[(int)AgeClass.Ordinary].Append(index);
        _totalConversations++;
        if (key.Tunnel.Kind != TunnelKind.None)
            _inTunnels++;
        return index;
    }

    private FlowRef OpenPoint(int index, int side, ObservationPoint point, bool tunnelled, long firstSeenNs, TcpFlags flags)
    {
        ref var conversation = ref _conversations[index];
        var at = FindPoint(ref conversation.Sides[side], point, tunnelled);
        if (at < 0)
            at = AddPoint(index, side, point, tunnelled, firstSeenNs);
        ref var entry = ref _points[at];
        entry.FirstNs = Math.Min(entry.FirstNs, firstSeenNs);
        entry.LastNs = Math.Max(entry.LastNs, firstSeenNs);
        entry.Flags |= flags;
        if (!entry.IsActive)
            Activate(ref entry, at);
        conversation.FirstNs = Math.Min(conversation.FirstNs, firstSeenNs);
        conversation.Marks |= Marks.OpenerInDoubt;
        return new FlowRef(at, entry.Generation);
    }

    private int FindPoint(ref SideEntry side, ObservationPoint point, bool tunnelled)
    {
        for (var at = side.Counting; at >= 0; at = _points[at].Next)
        {
            ref var entry = ref _points[at];
            if (entry.Interface == point.Interface && entry.Point.Egress == point.Egress && entry.IsTunnelled == tunnelled)
                return at;
        }
        return -1;
    }

    // A new point stands after the counting point; the first becomes the counting point until the first settlement chooses.
    private int AddPoint(int owner, int side, ObservationPoint point, bool tunnelled, long firstSeenNs)
    {
        ref var entry = ref _conversations[owner].Sides[side];
        if (entry.Counting >= 0)
            MakeRoom(ref entry);
        var at = _points.Rent();
        ref var added = ref _points[at];
        added.Begin(owner, side, point, tunnelled, firstSeenNs);
        if (entry.Counting < 0)
        {
            entry.Counting = at;
            entry.BornTick = _tick;
            entry.Silent = Early;
        }
        else
        {
            added.Next = _points[entry.Counting].Next;
            _points[entry.Counting].Next = at;
        }
        return at;
    }

    // Routes that come and go must not make the list grow without end: the point of the path that was silent longest makes room.
    private void MakeRoom(ref SideEntry side)
    {
        var count = 1;
        var before = side.Counting;
        var oldest = long.MaxValue;
        for (var at = side.Counting; _points[at].Next >= 0; at = _points[at].Next, count++)
        {
            if (_points[_points[at].Next].LastNs >= oldest)
                continue;
            oldest = _points[_points[at].Next].LastNs;
            before = at;
        }
        if (count < InterfacePath.Capacity)
            return;
        var removed = _points[before].Next;
        _points[before].Next = _points[removed].Next;
        FreePoint(removed);
        side.MorePoints = byte.CreateSaturating(side.MorePoints + 1);
    }

    private void Tag(ref ConversationEntry conversation, in FlowKey key, int side)
    {
        if (conversation.Tags < 0)
        {
            conversation.Tags = _tags.Rent();
            _tags[conversation.Tags] = default;
        }
        _tags[conversation.Tags].Note(in key, side);
    }

    private void FreePoint(int at)
    {
        _points[at].End();
        _points.Return(at);
    }
}
