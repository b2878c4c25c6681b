namespace Rheo.Bpf;

/// <summary>How a traffic-control filter is told from those of others.</summary>
public sealed record ClsBpfOptions
{
    /// <summary>
    /// Who owns the filter. Filters of a killed process with the same owner and program name are taken away by the next attachment,
    /// so it must be a name that nobody else uses; at most 64 characters, without '@' and '/'.
    /// </summary>
    public string Owner { get; init; } = "rheo";

    /// <summary>The lower runs first. When a filter of another kind has it, the next free one is taken.</summary>
    public ushort Priority { get; init; } = 1;

    /// <summary>
    /// The first handle tried; when another filter has it, the next ones are tried. The letters "rheo", which nobody else is likely to
    /// use.
    /// </summary>
    public uint Handle { get; init; } = 0x7268_656F;
}
