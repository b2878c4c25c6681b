namespace Rheo.Model.Connections;

/// <summary>What a reader of the table sees.</summary>
public sealed partial class ConnectionTable
{
    /// <summary>The sums alone.</summary>
    public ConnectionSums Sums() => new(Totals, _times.Copy(), [.. _listeners.All], _live.Count, _untold, Acks?.Total);

    /// <summary>All of it, as it stands at a moment.</summary>
    /// <param name="nowNs">The moment: what lasts is counted up to it.</param>
    public ConnectionSnapshot Snapshot(long nowNs)
    {
        var others = new OtherEnds(_live.Values, _live.Values);
        var connections = new List<Connection>(_live.Count + _ended.Count);
        foreach (var entry in _live.Values)
            connections.Add(View(entry, nowNs, others.Of(entry), others));
        foreach (var entry in _ended)
            connections.Add(View(entry, entry.Figures.TimeNs, null, others));
        return new ConnectionSnapshot(nowNs, connections, [.. _listeners.All], _times.Copy(), Totals, _untold);
    }

    private Connection View(ConnectionEntry entry, long nowNs, ConnectionEntry? other, OtherEnds? others)
    {
        var role = RoleOf(entry);
        var own = entry.ToBlame(role, nowNs);
        var peer = other?.ToBlame(Opposite(role), nowNs);
        return new Connection
        {
            Figures = entry.Figures,
            Role = role,
            Verdict = Blame.Of(own, peer, Listener(entry, own, others)),
            SendWindowClosedNs = entry.SendClosedNs(nowNs),
            ReceiveWindowClosedNs = entry.ReceiveClosedNs(nowNs),
            SlowestNs = Slowest(entry, own),
            MedianRttNs = entry.MedianRttNs,
            DuplicateAcks = IsLive(entry) ? Acks?.Of(in entry.Figures) : entry.DuplicateAcks,
        };
    }

    private static long Slowest(ConnectionEntry entry, in BlameFigures own)
    {
        ref readonly var figures = ref entry.Figures;
        var opening = figures is { Role: ConnectionRole.Client, OpenedNs: > 0, EstablishedNs: > 0 } ? figures.EstablishedNs - figures.OpenedNs : 0;
        if (own.State == ConnectionState.SynSent || own.WaitsForAccept || own.WasNeverOpen)
            opening = own.StateNs;
        var answer = own.Role == ConnectionRole.Client ? own.PeerAnswerNs : own.Role == ConnectionRole.Server ? own.OwnAnswerNs : 0;
        return Math.Max(Math.Max(opening, figures.RttNs), Math.Max(answer, Math.Max(own.SendWindowClosedNs, own.UnreadNs)));
    }

    // Of one older than our watching: if somebody listens where it is, it came in by that; else it went out.
    private ConnectionRole RoleOf(ConnectionEntry entry) => entry.Figures.Role != ConnectionRole.Unknown
        ? entry.Figures.Role
        : _listeners.At(entry.Figures.Namespace, entry.Figures.Local) is null ? ConnectionRole.Client : ConnectionRole.Server;

    private static ConnectionRole Opposite(ConnectionRole role) =>
        role == ConnectionRole.Client ? ConnectionRole.Server : ConnectionRole.Client;

    private Verdict VerdictOf(ConnectionEntry ended, OtherEnds? others)
    {
        var own = ended.ToBlame(RoleOf(ended), ended.Figures.TimeNs);
        return Blame.Of(own, null, Listener(ended, own, others));
    }

    private ListenQueue? Listener(ConnectionEntry entry, in BlameFigures own, OtherEnds? others)
    {
        ref readonly var figures = ref entry.Figures;
        if (own.Role == ConnectionRole.Server)
            return _listeners.At(figures.Namespace, figures.Local);
        // Of one that is shown by itself: looking for it is dear.
        if (others is null && _listeners.IsAnyPressed && Blame.MayBeTheQueue(in own))
            others = new OtherEnds(_live.Values, [entry]);
        // Where the server is on this machine tell the sockets that it has at that address already.
        return others?.NamespaceOf(in figures) is { } space ? _listeners.At(space, figures.Remote) : null;
    }
}
