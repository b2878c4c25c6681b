namespace Rheo.Bench.Traffic;

/// <summary>How many flows there are, in which order their packets come, and whether they differ by the sender's address or by the ports.</summary>
internal readonly record struct FlowPattern(uint Flows, bool Random, bool ByAddress = false)
{
    /// <summary>So few that their slots stay in the first cache: what the program itself costs, without waits for memory.</summary>
    public static readonly FlowPattern Few = new(64, false);

    /// <summary>All in turn: each slot has left the near caches by the time its flow comes again.</summary>
    public static readonly FlowPattern Hot = new(4_096, false);

    /// <summary>At random over more flows than caches hold: nearly each packet meets a cold slot.</summary>
    public static readonly FlowPattern Cold = new(65_536, true);
}
