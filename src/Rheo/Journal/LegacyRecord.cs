namespace Rheo.Journal;

/// <summary>The kinds of records in a legacy. Numbers are for ever; a change of any is a new <see cref="LegacyWriter.Version"/>.</summary>
internal enum LegacyRecord : byte
{
    /// <summary>Version and time. The first.</summary>
    Beginning = 1,

    /// <summary>The tunnels that end on the host.</summary>
    Tunnels = 2,

    /// <summary>A flow of a conversation, and what it carried.</summary>
    Flow = 3,

    /// <summary>A slot of the kernel's tables.</summary>
    Slot = 4,

    /// <summary>What an interface carried, by direction and class.</summary>
    Interface = 5,

    /// <summary>What interfaces that are gone had carried.</summary>
    Gone = 6,

    /// <summary>The sums of conversations that are over.</summary>
    Sums = 7,

    /// <summary>The capture's books.</summary>
    Books = 8,

    /// <summary>Processes that own ends of flows, and their number, as in the journal.</summary>
    Owners = JournalRecord.Owners,

    /// <summary>What processes have carried.</summary>
    OwnerSums = 10,

    /// <summary>The last one: without it the rest is not believed.</summary>
    End = 9,
}
