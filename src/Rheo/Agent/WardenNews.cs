using Rheo.Cli;

namespace Rheo.Agent;

/// <summary>A message from the warden to its core; what is null is not told. In this order things must be so before they are used.</summary>
internal sealed record WardenNews
{
    /// <summary>What the agent was asked to do. The first message, and whenever it changes.</summary>
    public AgentOptions? Options { get; init; }

    /// <summary>Files that only the warden may open: their descriptors come beside this message.</summary>
    public IReadOnlyList<string>? Lent { get; init; }

    /// <summary>What the core of the version before has said of the sockets on which it listened; their descriptors come beside this message. Before the options.</summary>
    public string? Doors { get; init; }

    /// <summary>Interfaces that are watched, changed or went.</summary>
    public IReadOnlyList<InterfaceNews>? Interfaces { get; init; }

    /// <summary>Whether more are to be attached.</summary>
    public bool? IsAttaching { get; init; }

    /// <summary>What could not be done, or was found amiss.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>What others have put in the way; its list comes ahead of it.</summary>
    public InterferenceState? Interference { get; init; }

    /// <summary>Some of the list of the next <see cref="Interference"/>: of hundreds of programs all would not fit in one message.</summary>
    public IReadOnlyList<Interference>? InTheWay { get; init; }

    /// <summary>What the programs cost.</summary>
    public ProgramSample? Sample { get; init; }

    /// <summary>A kernel object, whose descriptors come beside this message. With the flow object the core begins; the others follow.</summary>
    public HandedNews? Handed { get; init; }

    /// <summary>Of the optional kernel objects no more will come.</summary>
    public bool HasAllParts { get; init; }

    /// <summary>A file in memory comes beside this message: what the core of the version before had counted.</summary>
    public bool HasLegacy { get; init; }

    /// <summary>The kernel's tables are those that it has read.</summary>
    public bool SharesMaps { get; init; }

    /// <summary>Another version takes over: the core is to write all that it counted to the file that comes beside this message, and to end.</summary>
    public bool HandOver { get; init; }

    /// <summary>The core is to end.</summary>
    public bool Stop { get; init; }
}
