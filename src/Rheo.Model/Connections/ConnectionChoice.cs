using Rheo.Model.Owners;

namespace Rheo.Model.Connections;

/// <summary>Which connections are wanted; all that is given must be so. Immutable: for any thread.</summary>
public sealed record ConnectionChoice
{
    /// <summary>Those that live, and those that failed.</summary>
    public static ConnectionChoice Default { get; } = new();

    /// <summary>Only those in this state; of one that is over it is <see cref="ConnectionState.Closed"/>.</summary>
    public ConnectionState? State { get; init; }

    /// <summary>Only those of this process.</summary>
    public int? Pid { get; init; }

    /// <summary>Only those of containers whose id begins so.</summary>
    public string? Container { get; init; }

    /// <summary>Only those of which something takes longer.</summary>
    public TimeSpan? Slow { get; init; }

    /// <summary>Only those that have sent something again.</summary>
    public bool Retransmitting { get; init; }

    /// <summary>Also those that ended in order, which is no news.</summary>
    public bool All { get; init; }

    /// <summary>Of those that are over only what ended since, nanoseconds since the Unix epoch.</summary>
    public long SinceNs { get; init; }

    /// <summary>What else must be so.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.All;

    /// <summary>Whose a connection is must be known to choose it.</summary>
    public bool NeedsOwners => Pid is not null || Container is not null || Filter.NeedsOwners;

    /// <summary>Whether a connection is wanted where all are shown at once.</summary>
    public bool Shows(Connection connection) =>
        (!connection.IsEnded || (connection.Figures.TimeNs >= SinceNs && (All || connection.Verdict.Party != BlameParty.None)))
        && Passes(connection);

    /// <summary>Whether a connection is wanted when it opens or ends.</summary>
    public bool Passes(Connection connection) =>
        MayPass(connection.Figures) && Passes(connection.Figures, connection.Role, connection.SlowestNs, connection.Processes);

    /// <summary>The same of what the figures alone have not ruled out. Allocates nothing.</summary>
    internal bool Passes(in ConnectionFigures figures, ConnectionRole role, long slowestNs, IReadOnlyList<SocketProcess> processes) =>
        (Slow is not { } slow || slowestNs > slow.Ticks * 100)
        && ((Pid is null && Container is null) || IsOurs(processes))
        && (ReferenceEquals(Filter, FlowFilter.All) || Filter.Matches(Connection.ToConversation(in figures, role, processes)));

    /// <summary>Whether a listener is wanted.</summary>
    public bool Passes(ListenQueue queue) => IsOurs(queue.Processes) && Filter.Matches(new Conversation
    {
        Destination = queue.Local,
        DestinationProcesses = queue.Processes,
        Protocol = Transport.Tcp,
        Network = queue.Local.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
    });

    /// <summary>What the figures alone rule out: it is asked first, and costs nothing.</summary>
    internal bool MayPass(in ConnectionFigures figures) =>
        (State is not { } wanted || wanted == figures.State) && (!Retransmitting || figures.Retransmitted > 0);

    private bool IsOurs(IReadOnlyList<SocketProcess> processes) =>
        (Pid is not { } pid || processes.Any(process => process.Pid == pid))
        && (Container is not { } id || processes.Any(process => process.Container.StartsWith(id, StringComparison.Ordinal) && id.Length > 0));
}
