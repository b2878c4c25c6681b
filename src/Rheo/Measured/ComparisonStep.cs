namespace Rheo.Measured;

/// <summary>What a comparison does next.</summary>
/// <param name="Done">Steps behind us.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="What">The next one, in words.</param>
public readonly record struct ComparisonStep(int Done, int Total, string What);
