namespace Rheo.Model.Connections;

/// <summary>What the kernel has counted of all connections since it is watched; exact, whatever was lost on the way here.</summary>
public sealed record ConnectionTotals
{
    /// <summary>Nothing yet.</summary>
    public static ConnectionTotals None { get; } = new();

    /// <summary>Attempts to connect from here.</summary>
    public ulong Attempts { get; init; }

    /// <summary>Connections that were opened from here.</summary>
    public ulong Opened { get; init; }

    /// <summary>Connections that others opened to here.</summary>
    public ulong Accepted { get; init; }

    /// <summary>Ends of open connections, by <see cref="ConnectionEnd"/>.</summary>
    public IReadOnlyList<ulong> Ends { get; init; } = new ulong[16];

    /// <summary>Attempts that failed, by <see cref="ConnectionEnd"/>.</summary>
    public IReadOnlyList<ulong> Failures { get; init; } = new ulong[16];

    /// <summary>Segments sent again.</summary>
    public RetransmitCounts Retransmits { get; init; }

    /// <summary>Resets sent, by sockets or without one.</summary>
    public ulong ResetsSent { get; init; }

    /// <summary>Resets received.</summary>
    public ulong ResetsReceived { get; init; }

    /// <summary>Openings and ends for which the ring had no room.</summary>
    public ulong LostMoments { get; init; }

    /// <summary>
    /// Changes of a socket's state that no program saw, since one was running on that CPU already: attempts, openings and ends may lack as many. The
    /// connections themselves are found by the next walks.
    /// </summary>
    public ulong LostChanges { get; init; }

    /// <summary>Sockets that took no storage: their figures are not told.</summary>
    public ulong LostSockets { get; init; }

    /// <summary>The same since a moment; where it was counted anew from zero meanwhile, since then.</summary>
    public ConnectionTotals Since(ConnectionTotals before)
    {
        if (Opened < before.Opened || Accepted < before.Accepted || Retransmits.Total < before.Retransmits.Total
            || LostMoments < before.LostMoments || LostChanges < before.LostChanges || LostSockets < before.LostSockets)
            return this;
        return this with
        {
            Opened = Opened - before.Opened,
            Accepted = Accepted - before.Accepted,
            Retransmits = Retransmits.Since(before.Retransmits),
            LostMoments = LostMoments - before.LostMoments,
            LostChanges = LostChanges - before.LostChanges,
            LostSockets = LostSockets - before.LostSockets,
        };
    }
}
