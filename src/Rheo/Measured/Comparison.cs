namespace Rheo.Measured;

/// <summary>What <c>rheo bench</c> found. Its JSON is described in docs/bench.md and docs/bench.schema.json.</summary>
/// <param name="Version">The release of Rheo that was measured and that measured.</param>
/// <param name="Machine">Where, as it was at the beginning.</param>
/// <param name="LoadAfter">The load averages at the end.</param>
/// <param name="Layout">How it was measured.</param>
/// <param name="Watchers">All that were considered, also those that are not there.</param>
/// <param name="Rates">The figures, a group for each packet rate.</param>
public sealed record Comparison(
    string Version, MachineFacts Machine, string LoadAfter, ComparisonLayout Layout, IReadOnlyList<Watcher> Watchers,
    IReadOnlyList<RateResult> Rates);
