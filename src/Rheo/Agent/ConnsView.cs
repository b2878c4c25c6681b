using Rheo.Cli;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>Which connections a run prints, and when.</summary>
internal sealed class ConnsView(ConnsOptions options, IConnectionWriter writer, Func<ulong, IReadOnlyList<SocketProcess>> owners)
{
    private int _printed;

    /// <summary>As many were printed as were asked for.</summary>
    public bool IsFull => options.Limit is { } limit && _printed >= limit;

    /// <summary>Prints what opens and ends from now on.</summary>
    public void Follow(ConnectionTable table)
    {
        table.Opened = connection => Print(connection, options.State ?? ConnectionState.Established);
        table.Ended = connection => Print(connection, connection.Figures.State);
    }

    /// <summary>Prints all at once.</summary>
    public void Show(ConnectionSnapshot all)
    {
        if (options.Listening)
        {
            foreach (var queue in all.Queues.Select(queue => queue with { Processes = owners(queue.Cookie) }).Where(Passes).OrderBy(queue => queue.Local))
                Print(queue);
        }
        else
        {
            foreach (var connection in all.Connections.Where(IsWanted).OrderByDescending(connection => connection.SlowestNs))
                Print(connection, connection.Figures.State);
        }

        writer.Flush();
    }

    /// <summary>Brings what was printed to the reader.</summary>
    public void Flush() => writer.Flush();

    // What ended in order is not news, what failed is.
    private bool IsWanted(Connection connection) =>
        !connection.IsEnded || options.All || connection.Verdict.Party != BlameParty.None;

    private void Print(Connection connection, ConnectionState state)
    {
        if (IsFull)
            return;
        connection = connection with { Processes = owners(connection.Figures.Cookie) };
        if (!Passes(connection, state))
            return;
        writer.Write(connection);
        _printed++;
    }

    private void Print(ListenQueue queue)
    {
        if (IsFull)
            return;
        writer.Write(queue);
        _printed++;
    }

    private bool Passes(Connection connection, ConnectionState state) =>
        (options.State is not { } wanted || wanted == state)
        && (options.Slow is not { } slow || connection.SlowestNs > slow.Ticks * 100)
        && (!options.Retransmitting || connection.Figures.Retransmitted > 0)
        && IsWanted(connection.Processes)
        && options.Filter.Matches(connection.ToConversation());

    private bool IsWanted(IReadOnlyList<SocketProcess> processes) =>
        (options.Pid is not { } pid || processes.Any(process => process.Pid == pid))
        && (options.Container is not { } id || processes.Any(process => process.Container.StartsWith(id, StringComparison.Ordinal) && id.Length > 0));

    private bool Passes(ListenQueue queue) => IsWanted(queue.Processes) && options.Filter.Matches(new Conversation
    {
        Destination = queue.Local,
        DestinationProcesses = queue.Processes,
        Protocol = Transport.Tcp,
        Network = queue.Local.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
    });
}
