namespace Rheo.Model;

/// <summary>A histogram of round-trip times; its counts only grow.</summary>
public sealed class RttHistogram
{
    /// <summary>Upper bounds of the buckets in seconds, 100 µs to 10 s in steps of 1, 2.5 and 5: a LAN to a satellite, and what is too slow.</summary>
    public static ReadOnlySpan<double> BoundsSeconds =>
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly long[] BoundsNs = ToNanoseconds();
    private readonly ulong[] _counts = new ulong[BoundsNs.Length + 1];

    /// <summary>Samples in each bucket, not cumulative; one more than there are bounds, for what exceeds the last.</summary>
    public ReadOnlySpan<ulong> Counts => _counts;

    /// <summary>All samples.</summary>
    public ulong Count { get; private set; }

    /// <summary>Sum of all samples in seconds.</summary>
    public double SumSeconds => SumNs / 1e9;

    /// <summary>The same in nanoseconds.</summary>
    internal long SumNs { get; private set; }

    // Buckets that we do not know go to the last: all samples stay counted.
    internal void Inherit(IReadOnlyList<ulong> counts, long sumNs)
    {
        for (var bucket = 0; bucket < counts.Count; bucket++)
        {
            _counts[Math.Min(bucket, _counts.Length - 1)] += counts[bucket];
            Count += counts[bucket];
        }

        SumNs += sumNs;
    }

    internal void Add(long rttNs)
    {
        var bucket = BoundsNs.AsSpan().BinarySearch(rttNs);
        _counts[bucket < 0 ? ~bucket : bucket]++;
        SumNs += rttNs;
        Count++;
    }

    private static long[] ToNanoseconds()
    {
        var bounds = new long[BoundsSeconds.Length];
        for (var index = 0; index < bounds.Length; index++)
            bounds[index] = (long)Math.Round(BoundsSeconds[index] * 1e9);
        return bounds;
    }
}
