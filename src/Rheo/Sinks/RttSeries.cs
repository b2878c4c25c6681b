using Prometheus;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>The histogram of handshake round trips, brought up to a histogram of the model's with the same buckets.</summary>
internal sealed class RttSeries(MetricFactory factory)
{
    private readonly Histogram _histogram = factory.CreateHistogram(
        "rheo_tcp_handshake_rtt_seconds", "Round trip of the TCP handshake, SYN to ACK.",
        new HistogramConfiguration { Buckets = RttHistogram.BoundsSeconds.ToArray() });

    private ulong[] _shown = new ulong[RttHistogram.BoundsSeconds.Length + 1];
    private double _shownSum;

    /// <summary>
    /// Observes what is new. The library takes samples only, and we know counts and their sum: so each bucket's samples are
    /// placed at the same fraction of its width, which is chosen such that counts and sum both come out exactly.
    /// </summary>
    public void Show(IReadOnlyList<ulong> counts, double sum)
    {
        var added = counts.Select((count, bucket) => count - _shown[bucket]).ToArray();
        var addedSum = sum - _shownSum;
        var fraction = Fraction(added, addedSum);
        for (var bucket = 0; bucket < added.Length; bucket++)
        {
            if (added[bucket] > 0)
                _histogram.Observe(Place(bucket, fraction, addedSum), (long)added[bucket]);
        }

        _shown = [.. counts];
        _shownSum = sum;
    }

    private static double Fraction(ulong[] added, double sum)
    {
        double lowest = 0, width = 0;
        for (var bucket = 0; bucket < added.Length; bucket++)
        {
            lowest += added[bucket] * Lower(bucket);
            width += added[bucket] * (Upper(bucket, sum) - Lower(bucket));
        }

        return width > 0 ? Math.Clamp((sum - lowest) / width, 0, 1) : 0;
    }

    // A bucket excludes its lower bound.
    private static double Place(int bucket, double fraction, double sum)
    {
        var place = Lower(bucket) + (fraction * (Upper(bucket, sum) - Lower(bucket)));
        return Math.Clamp(place, Math.BitIncrement(Lower(bucket)), Upper(bucket, sum));
    }

    private static double Lower(int bucket) => bucket == 0 ? 0 : RttHistogram.BoundsSeconds[bucket - 1];

    // No sample of the last bucket, which has no bound, can exceed the sum of all.
    private static double Upper(int bucket, double sum) =>
        bucket < RttHistogram.BoundsSeconds.Length ? RttHistogram.BoundsSeconds[bucket] : Math.Max(sum, Lower(bucket) * 2);
}
