namespace Rheo.Bench;

/// <summary>What is to be compared, and for how long.</summary>
/// <param name="Length">How long each watcher is measured in each round.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Rates">Packets a second, a group of rows for each.</param>
/// <param name="Only">The tools to compare with; none: all that are installed.</param>
internal sealed record Plan(TimeSpan Length, int Rounds, IReadOnlyList<int> Rates, IReadOnlyList<string> Only);
