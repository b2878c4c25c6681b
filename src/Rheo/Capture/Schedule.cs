using System.Diagnostics;

namespace Rheo.Capture;

/// <summary>
/// When to scan: soon after the start, so that the first flows show at once, then less and less often down to the steady interval; and
/// where nothing flowed, as rarely as that is allowed.
/// </summary>
/// <param name="steady">From one scan to the next.</param>
/// <param name="quiet">The same after a scan that found nothing new; less than <paramref name="steady"/>: no other.</param>
internal sealed class Schedule(TimeSpan steady, TimeSpan quiet = default)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);

    private TimeSpan _interval = First;
    private bool _rests;
    private long _next = Stopwatch.GetTimestamp() + Ticks(First);

    /// <summary>The last scan found nothing new, and the next one takes its time.</summary>
    internal bool IsResting => _rests;

    internal bool IsDue => Stopwatch.GetTimestamp() >= _next;

    internal TimeSpan Remaining
    {
        get
        {
            var ticks = _next - Stopwatch.GetTimestamp();
            return ticks <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency);
        }
    }

    /// <summary>A scan has ended.</summary>
    /// <param name="foundNews">Something had been counted since the one before.</param>
    internal void Done(bool foundNews)
    {
        _interval = _interval * 2 < steady ? _interval * 2 : steady;
        _rests = !foundNews && _interval == steady && quiet > TimeSpan.Zero;
        _next = Stopwatch.GetTimestamp() + Ticks(_rests && quiet > steady ? quiet : _interval);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
