namespace Rheo;

/// <summary>The books of the capture: what the kernel's tables took in, gave out and lost. Immutable; numbers only grow.</summary>
public sealed record Ledger
{
    /// <summary>Nothing yet.</summary>
    public static Ledger Empty { get; } = new();

    /// <summary>Flows that took a slot of the kernel's flow table.</summary>
    public ulong FlowsInserted { get; init; }

    /// <summary>Flows that were pushed out and arrived with all their counts.</summary>
    public ulong FlowsHandedOver { get; init; }

    /// <summary>Packets whose headers had to be copied out of a non-linear buffer.</summary>
    public ulong CopiedPackets { get; init; }

    /// <summary>Later fragments seen.</summary>
    public ulong Fragments { get; init; }

    /// <summary>Later fragments whose first was not seen, so that their ports are unknown.</summary>
    public ulong FragmentsUnknown { get; init; }

    /// <summary>Wake-ups that the kernel raised because a ring filled.</summary>
    public ulong RingWakeups { get; init; }

    /// <summary>Losses by stage, always the same stages in the same order, zeroes included.</summary>
    public IReadOnlyList<StageLoss> Losses { get; init; } = [];

    /// <summary>Packets lost at all stages together.</summary>
    public ulong LostPackets => Losses.Aggregate(0UL, (sum, loss) => sum + loss.Packets);

    /// <summary>Bytes lost at all stages together.</summary>
    public ulong LostBytes => Losses.Aggregate(0UL, (sum, loss) => sum + loss.Bytes);
}
