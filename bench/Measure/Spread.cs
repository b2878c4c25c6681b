namespace Rheo.Bench.Measure;

/// <summary>What several rounds gave: the middle one and the ends.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("no values", nameof(values));
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>The distance of the ends in parts of the median: how noisy the machine was.</summary>
    public double Noise => Median == 0 ? 0 : (Max - Min) / Median;
}
