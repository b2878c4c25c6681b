using Rheo.Model.Owners;

namespace Rheo.Model.Connections;

/// <summary>Answers questions.</summary>
public sealed partial class ConnectionTable
{
    /// <summary>The connections, or listeners, that somebody asks for.</summary>
    /// <param name="question">Which, and how many.</param>
    /// <param name="nowNs">The moment: what lasts is counted up to it.</param>
    /// <param name="owners">Whose a socket is, by its cookie.</param>
    /// <remarks>
    /// Cost: some 0.2 µs a connection, and a view (about 0.6 KB) of those that are shown; where owners choose, they are asked of each.
    /// </remarks>
    public ConnectionList Answer(ConnectionQuestion question, long nowNs, Func<ulong, IReadOnlyList<SocketProcess>> owners)
    {
        var (matched, connections) = question.Listening ? (0, []) : Choose(question, nowNs, owners);
        IReadOnlyList<ListenQueue> queues = [];
        if (question.Listening)
            (matched, queues) = ChooseListeners(question, owners);
        return new ConnectionList(nowNs, _live.Count, _listeners.All.Count, matched, Totals, _untold, connections, queues);
    }

    private (int Matched, IReadOnlyList<Connection> Rows) Choose(
        ConnectionQuestion question, long nowNs, Func<ulong, IReadOnlyList<SocketProcess>> owners)
    {
        var best = new PriorityQueue<ConnectionEntry, long>(); // the least of those kept is on top
        var past = question.Choice.All || !_listeners.IsAnyPressed ? null : new OtherEnds(_live.Values, _ended);
        var matched = 0;
        foreach (var entry in _live.Values)
            matched += Offer(entry, nowNs, question, owners, best);
        foreach (var entry in _ended)
        {
            if (IsNews(entry, question.Choice, past))
                matched += Offer(entry, entry.Figures.TimeNs, question, owners, best);
        }

        var entries = new ConnectionEntry[best.Count];
        for (var at = entries.Length - 1; at >= 0; at--)
            entries[at] = best.Dequeue();
        var others = new OtherEnds(_live.Values, entries);
        return (matched, [.. entries.Select(entry => Row(entry, nowNs, others, owners))]);
    }

    // 1 where it is wanted. All are asked, and few are shown: what is shown of one is worked out for those alone.
    private int Offer(
        ConnectionEntry entry,
        long nowNs,
        ConnectionQuestion question,
        Func<ulong, IReadOnlyList<SocketProcess>> owners,
        PriorityQueue<ConnectionEntry, long> best)
    {
        var choice = question.Choice;
        if (!choice.MayPass(in entry.Figures))
            return 0;
        var role = RoleOf(entry);
        var slowestNs = choice.Slow is not null || question.Order == ConnectionOrder.Slowest ? Slowest(entry, entry.ToBlame(role, nowNs)) : 0;
        if (!choice.Passes(in entry.Figures, role, slowestNs, choice.NeedsOwners ? owners(entry.Figures.Cookie) : []))
            return 0;
        var rank = Rank(in entry.Figures, slowestNs, question.Order);
        if (best.Count < question.Limit)
            best.Enqueue(entry, rank);
        else if (question.Limit > 0)
            best.EnqueueDequeue(entry, rank);
        return 1;
    }

    private static bool IsLive(ConnectionEntry entry) => entry.Figures.End == ConnectionEnd.None;

    private bool IsNews(ConnectionEntry ended, ConnectionChoice choice, OtherEnds? others) =>
        ended.Figures.TimeNs >= choice.SinceNs && (choice.All || VerdictOf(ended, others).Party != BlameParty.None);

    private Connection Row(ConnectionEntry entry, long nowNs, OtherEnds others, Func<ulong, IReadOnlyList<SocketProcess>> owners)
    {
        var row = IsLive(entry) ? View(entry, nowNs, others.Of(entry), others) : View(entry, entry.Figures.TimeNs, null, others);
        return row with { Processes = owners(entry.Figures.Cookie) };
    }

    private (int Matched, IReadOnlyList<ListenQueue> Rows) ChooseListeners(ConnectionQuestion question, Func<ulong, IReadOnlyList<SocketProcess>> owners)
    {
        var chosen = _listeners.All.Select(queue => queue with { Processes = owners(queue.Cookie) }).Where(question.Choice.Passes)
            .OrderBy(queue => queue.Local).ToList();
        return (chosen.Count, chosen.Count > question.Limit ? chosen[..question.Limit] : chosen);
    }

    private static long Rank(in ConnectionFigures figures, long slowestNs, ConnectionOrder order) => order switch
    {
        ConnectionOrder.Rtt => figures.RttNs,
        ConnectionOrder.Retransmits => figures.Retransmitted,
        ConnectionOrder.Bytes => (long)(figures.BytesSent + figures.BytesReceived),
        ConnectionOrder.Opened => figures.OpenedNs,
        _ => slowestNs,
    };
}
