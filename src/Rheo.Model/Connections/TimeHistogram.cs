namespace Rheo.Model.Connections;

/// <summary>A histogram of times; its counts only grow.</summary>
public sealed class TimeHistogram
{
    private readonly double[] _bounds;
    private readonly ulong[] _counts;

    /// <param name="boundsSeconds">Upper bounds of the buckets, rising.</param>
    internal TimeHistogram(params double[] boundsSeconds)
    {
        _bounds = boundsSeconds;
        _counts = new ulong[boundsSeconds.Length + 1];
    }

    /// <summary>Upper bounds of the buckets in seconds.</summary>
    public IReadOnlyList<double> BoundsSeconds => _bounds;

    /// <summary>Samples in each bucket, not cumulative; one more than there are bounds, for what exceeds the last.</summary>
    public IReadOnlyList<ulong> Counts => _counts;

    /// <summary>All samples.</summary>
    public ulong Count { get; private set; }

    /// <summary>Sum of all samples.</summary>
    public double SumSeconds { get; private set; }

    /// <summary>The same, which does not change any more.</summary>
    public TimeHistogram Copy()
    {
        var copy = new TimeHistogram(_bounds) { Count = Count, SumSeconds = SumSeconds };
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }

    internal void Add(long timeNs)
    {
        var seconds = timeNs / 1e9;
        var at = _bounds.AsSpan().BinarySearch(seconds);
        _counts[at < 0 ? ~at : at]++;
        SumSeconds += seconds;
        Count++;
    }
}
