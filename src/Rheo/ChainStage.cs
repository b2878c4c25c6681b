namespace Rheo;

/// <summary>One stage on the way from the wire to a sink, and what was counted there.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Packets">Packets counted.</param>
/// <param name="Expected">Packets that were to be counted here, given the stage before; null where nothing is expected.</param>
/// <param name="Meaning">What the number is, for a person.</param>
public readonly record struct ChainStage(string Stage, long Packets, long? Expected, string Meaning)
{
    /// <summary>It is what was expected.</summary>
    public bool IsBalanced => Expected is null || Expected == Packets;
}
