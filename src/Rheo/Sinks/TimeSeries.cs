using Prometheus;
using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>A histogram brought up to one of the model's with the same buckets.</summary>
/// <param name="histogram">Made from <see cref="Buckets"/>.</param>
internal sealed class TimeSeries(Histogram histogram)
{
    private ulong[] _shown = [];
    private double _shownSum;

    /// <summary>The configuration for a histogram of the model's.</summary>
    public static HistogramConfiguration Buckets(TimeHistogram times) => new() { Buckets = [.. times.BoundsSeconds] };

    /// <summary>Observes what is new, so that counts and sum both come out exactly.</summary>
    public void Show(TimeHistogram times)
    {
        if (_shown.Length == 0)
            _shown = new ulong[times.Counts.Count];
        var added = times.Counts.Select((count, bucket) => count - _shown[bucket]).ToArray();
        var place = new BucketPlaces([.. times.BoundsSeconds], added, times.SumSeconds - _shownSum);
        for (var bucket = 0; bucket < added.Length; bucket++)
        {
            if (added[bucket] > 0)
                histogram.Observe(place.Of(bucket), (long)added[bucket]);
        }

        _shown = [.. times.Counts];
        _shownSum = times.SumSeconds;
    }
}
