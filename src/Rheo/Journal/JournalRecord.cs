namespace Rheo.Journal;

/// <summary>The kinds of records in a frame. Numbers are for ever; a change of any is a new <see cref="JournalHello.Version"/>.</summary>
internal enum JournalRecord : byte
{
    /// <summary>Counts of a flow that is a conversation's.</summary>
    Flow = 1,

    /// <summary>Counts of other traffic, by interface and class.</summary>
    Other = 2,

    /// <summary>A tuple begins another conversation.</summary>
    Reopened = 3,

    /// <summary>A handshake completed.</summary>
    Established = 4,

    /// <summary>A connection ended.</summary>
    Closed = 5,

    /// <summary>The tunnels that end on the host.</summary>
    Tunnels = 6,

    /// <summary>An index and the interface's name.</summary>
    Interface = 7,

    /// <summary>An interface is gone.</summary>
    Retired = 8,

    /// <summary>Something that could not be done, as a line for people.</summary>
    Warning = 9,

    /// <summary>A scan is complete: number, time and books.</summary>
    Scanned = 10,

    /// <summary>Nothing follows; says why.</summary>
    End = 11,

    /// <summary>A number and the processes that it stands for from now on; number 1 takes all former ones back.</summary>
    Owners = 12,

    /// <summary>Whose the ends of a flow are now.</summary>
    Owned = 13,

    /// <summary>The wall clock was set, and by how much; all that was told before is as much later.</summary>
    ClockSet = 14,
}
