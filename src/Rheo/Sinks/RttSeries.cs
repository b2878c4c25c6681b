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

    /// <summary>Observes what is new, so that counts and sum both come out exactly.</summary>
    public void Show(IReadOnlyList<ulong> counts, double sum)
    {
        var added = counts.Select((count, bucket) => count - _shown[bucket]).ToArray();
        var places = new BucketPlaces(RttHistogram.BoundsSeconds.ToArray(), added, sum - _shownSum);
        for (var bucket = 0; bucket < added.Length; bucket++)
        {
            if (added[bucket] > 0)
                _histogram.Observe(places.Of(bucket), (long)added[bucket]);
        }

        _shown = [.. counts];
        _shownSum = sum;
    }
}
