namespace Rheo;

/// <summary>What the programs cost, sampled: the kernel keeps statistics for a second now and then. Immutable.</summary>
public sealed record ProgramSample
{
    /// <summary>Nothing sampled yet.</summary>
    public static ProgramSample None { get; } = new();

    /// <summary>Each program, summed over all samples.</summary>
    public IReadOnlyList<ProgramRuns> Programs { get; init; } = [];

    /// <summary>Each program in the last sample alone.</summary>
    public IReadOnlyList<ProgramRuns> Last { get; init; } = [];

    /// <summary>For how long statistics were kept, over all samples. Only grows.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether the kernel lets us (CAP_SYS_ADMIN); null before the first sample.</summary>
    public bool? Permitted { get; init; }
}
