namespace Rheo.Measured;

/// <summary>What one watcher cost at one rate, and what it saw.</summary>
/// <param name="Watcher">Its name.</param>
/// <param name="CorePercent">CPU time, kernel and user space together, in percent of a core at the rate that was asked for.</param>
/// <param name="AgainstRheo">The same as a multiple of Rheo's, each round by itself; null for Rheo, and where Rheo's is within the noise.</param>
/// <param name="Packets">Packets of all rounds.</param>
/// <param name="Rounds">Each round by itself.</param>
public sealed record RowResult(
    string Watcher, Spread CorePercent, Spread? AgainstRheo, PacketCounts Packets, IReadOnlyList<RoundResult> Rounds);
