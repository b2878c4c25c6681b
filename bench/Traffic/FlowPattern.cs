namespace Rheo.Bench.Traffic;

/// <summary>How many flows there are and in which order their packets come.</summary>
internal readonly record struct FlowPattern(uint Flows, bool Random)
{
    /// <summary>All in turn: the table and its cache lines stay hot.</summary>
    public static readonly FlowPattern Hot = new(4_096, false);

    /// <summary>At random over more flows than caches hold: nearly each packet meets a cold slot.</summary>
    public static readonly FlowPattern Cold = new(65_536, true);
}
