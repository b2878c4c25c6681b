namespace Rheo.Measured;

/// <summary>What several rounds gave: the middle one and the ends.</summary>
/// <param name="Median">The middle value; of an even number, the mean of the two in the middle.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
public readonly record struct Spread(double Median, double Min, double Max)
{
    /// <summary>Of these values.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
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
