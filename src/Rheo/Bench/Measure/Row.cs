namespace Rheo.Bench.Measure;

/// <summary>One thing that is measured once in each round.</summary>
internal sealed record Row<T>(string Name, Func<T> Measure);
