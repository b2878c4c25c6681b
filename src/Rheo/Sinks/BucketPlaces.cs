namespace Rheo.Sinks;

/// <summary>
/// Where in its bucket each sample is to be observed, by a library that takes samples only, where counts and their sum are known: all at
/// the same fraction of their bucket's width, which is chosen such that counts and sum both come out exactly.
/// </summary>
internal readonly struct BucketPlaces
{
    private readonly double[] _bounds;
    private readonly double _sum;
    private readonly double _fraction;

    public BucketPlaces(double[] bounds, ulong[] counts, double sum)
    {
        (_bounds, _sum) = (bounds, sum);
        double lowest = 0, width = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            lowest += counts[bucket] * Lower(bucket);
            width += counts[bucket] * (Upper(bucket) - Lower(bucket));
        }

        _fraction = width > 0 ? Math.Clamp((sum - lowest) / width, 0, 1) : 0;
    }

    // A bucket excludes its lower bound.
    public double Of(int bucket) => Math.Clamp(
        Lower(bucket) + (_fraction * (Upper(bucket) - Lower(bucket))), Math.BitIncrement(Lower(bucket)), Upper(bucket));

    private double Lower(int bucket) => bucket == 0 ? 0 : _bounds[bucket - 1];

    // No sample of the last bucket, which has no bound, can exceed the sum of all.
    private double Upper(int bucket) => bucket < _bounds.Length ? _bounds[bucket] : Math.Max(_sum, Lower(bucket) * 2);
}
