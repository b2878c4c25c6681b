using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Agent;

/// <summary>What a traffic source watches and how much it may remember.</summary>
public sealed record TrafficSourceOptions
{
    /// <summary>Shell patterns (<c>eth*</c>) of the interfaces to watch; none: all. A plain name must exist at start.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Shell patterns of interfaces to leave alone, even when <see cref="Interfaces"/> names them.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The optional kernel objects to load beside the flow object, of <see cref="OptionalParts"/>; none: flows alone.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Flows are there first, and the optional objects are loaded beside when the first ones were read.</summary>
    public bool FlowsFirst { get; init; }

    /// <summary>Flow table entries a CPU, rounded up to a power of two; 0: the source's default (about 1 MiB a CPU).</summary>
    public int TableEntriesPerCpu { get; init; }

    /// <summary>Bounds of the conversation table.</summary>
    public ConversationTableOptions Table { get; init; } = new();

    /// <summary>TCP connections that live and are remembered, where that part is loaded.</summary>
    public int MaxConnections { get; init; } = new ConnectionTableOptions().MaxConnections;

    /// <summary>Who is told of conversations that end; for the table's constructor.</summary>
    public IEndedConversations? Ended { get; init; }

    /// <summary>From one sample of the programs' cost (a second of statistics in the kernel) to the next; zero: none.</summary>
    public TimeSpan SampleInterval { get; init; }

    /// <summary>Once attached, no more is needed than what new interfaces need: the rest of the rights is given up.</summary>
    public bool GivesUpRights { get; init; }

    /// <summary>How often the flow table is scanned. The first scan comes as soon as this, too.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same while nothing flows; less: as often as ever.</summary>
    public TimeSpan QuietInterval { get; init; }
}
