using Rheo.Model.Owners;

namespace Rheo.Model.Connections;

/// <summary>Answers questions.</summary>
public sealed partial class ConnectionTable
{
    /// <summary>The connections, or listeners, that somebody asks for.</summary>
    /// <param name="question">Which, and how many.</param>
    /// <param name="nowNs">The moment: what lasts is counted up to it.</param>
    /// <param name="owners">Whose a socket is, by its cookie.</param>
    /// <remarks>Cost: a view (about 0.6 KB that is let go again) of each connection that the figures alone do not rule out.</remarks>
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
        var choice = question.Choice;
        var others = new OtherEnds(_live.Values);
        var best = new PriorityQueue<Connection, long>(); // the least of those kept is on top
        var matched = 0;
        foreach (var entry in _live.Values.Concat(_ended))
        {
            if (!choice.MayPass(entry.Figures))
                continue;
            var isEnded = entry.Figures.End != ConnectionEnd.None;
            var connection = View(entry, isEnded ? entry.Figures.TimeNs : nowNs, isEnded ? null : others.Of(entry), others);
            if (choice.NeedsOwners)
                connection = connection with { Processes = owners(entry.Figures.Cookie) };
            if (!choice.Shows(connection))
                continue;
            matched++;
            best.Enqueue(connection, Rank(connection, question.Order));
            if (best.Count > question.Limit)
                best.Dequeue();
        }

        var rows = new Connection[best.Count];
        for (var at = rows.Length - 1; at >= 0; at--)
            rows[at] = best.Dequeue();
        if (!choice.NeedsOwners)
            rows = [.. rows.Select(row => row with { Processes = owners(row.Figures.Cookie) })];
        return (matched, rows);
    }

    private (int Matched, IReadOnlyList<ListenQueue> Rows) ChooseListeners(ConnectionQuestion question, Func<ulong, IReadOnlyList<SocketProcess>> owners)
    {
        var chosen = _listeners.All.Select(queue => queue with { Processes = owners(queue.Cookie) }).Where(question.Choice.Passes)
            .OrderBy(queue => queue.Local).ToList();
        return (chosen.Count, chosen.Count > question.Limit ? chosen[..question.Limit] : chosen);
    }

    private static long Rank(Connection connection, ConnectionOrder order) => order switch
    {
        ConnectionOrder.Rtt => connection.Figures.RttNs,
        ConnectionOrder.Retransmits => connection.Figures.Retransmitted,
        ConnectionOrder.Bytes => (long)(connection.Figures.BytesSent + connection.Figures.BytesReceived),
        ConnectionOrder.Opened => connection.Figures.OpenedNs,
        _ => connection.SlowestNs,
    };
}
