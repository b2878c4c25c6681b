using System.Diagnostics;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>
/// Gives back what a storm has used, once it is over: a collector leaves what it took as long as nothing calls for it, and a quiet process
/// calls for nothing. Threads: one.
/// </summary>
internal sealed class MemoryTrim
{
    /// <summary>Less than this, all allocated since the last time, is not worth a collection (some 10 ms) and the pages that come back.</summary>
    private const long Worthwhile = 4 * 1024 * 1024;

    private readonly Action _shrink;
    private readonly TimeSpan _rest;
    private readonly TimeSpan _calm;
    private long _allocated = GC.GetTotalAllocatedBytes();
    private long _calmSince = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp(); // the start gives back what it used

    /// <param name="shrink">Gives back; null: as <see cref="Footprint"/> does, on a thread of its own.</param>
    /// <param name="rest">From one time to the next, a minute: storms that come again and again are left to the collector.</param>
    /// <param name="calm">How long a storm is over, a second.</param>
    public MemoryTrim(Action? shrink = null, TimeSpan? rest = null, TimeSpan? calm = null)
    {
        _shrink = shrink ?? (static () => Footprint.ShrinkAfter(TimeSpan.Zero));
        (_rest, _calm) = (rest ?? TimeSpan.FromMinutes(1), calm ?? TimeSpan.FromSeconds(1));
    }

    /// <summary>How long until it is to look again; <see cref="TimeSpan.MaxValue"/> where nothing is to be given back.</summary>
    public TimeSpan Patience { get; private set; } = TimeSpan.MaxValue;

    /// <summary>To be called in each round.</summary>
    /// <param name="isCalm">This round had nothing to do.</param>
    public void Look(bool isCalm)
    {
        if (!isCalm)
            _calmSince = Stopwatch.GetTimestamp();
        var wait = Longer(_calm - Stopwatch.GetElapsedTime(_calmSince), _rest - Stopwatch.GetElapsedTime(_last));
        var allocated = GC.GetTotalAllocatedBytes();
        Patience = allocated - _allocated < Worthwhile ? TimeSpan.MaxValue : wait;
        if (Patience > TimeSpan.Zero)
            return;
        (_allocated, _last, Patience) = (allocated, Stopwatch.GetTimestamp(), TimeSpan.MaxValue);
        _shrink();
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
