using System.Diagnostics;

namespace Rheo.Capture;

/// <summary>When to scan: soon after the start, so that the first flows show at once, then less and less often down to the steady interval.</summary>
internal sealed class Schedule(TimeSpan steady)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);

    private TimeSpan _interval = First;
    private long _next = Stopwatch.GetTimestamp() + Ticks(First);

    internal bool IsDue => Stopwatch.GetTimestamp() >= _next;

    internal TimeSpan Remaining
    {
        get
        {
            var ticks = _next - Stopwatch.GetTimestamp();
            return ticks <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency);
        }
    }

    internal void Done()
    {
        _interval = _interval * 2 < steady ? _interval * 2 : steady;
        _next = Stopwatch.GetTimestamp() + Ticks(_interval);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
