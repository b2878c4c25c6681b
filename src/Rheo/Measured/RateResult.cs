namespace Rheo.Measured;

/// <summary>The figures at one packet rate.</summary>
/// <param name="PacketsPerSecond">The rate that was asked for.</param>
/// <param name="Reception">What receiving costs when nobody watches. Rows stand without it.</param>
/// <param name="Rows">One for each watcher.</param>
public sealed record RateResult(int PacketsPerSecond, RowResult Reception, IReadOnlyList<RowResult> Rows);
