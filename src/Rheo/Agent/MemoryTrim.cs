using System.Diagnostics;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>
/// Gives back what a storm has used, once it is over: a collector leaves what it took as long as nothing calls for it, and a quiet process
/// calls for nothing. Where storms do not end, garbage that was once taken for lasting grows for hours: it is collected now and then.
/// Threads: one.
/// </summary>
internal sealed class MemoryTrim
{
    private readonly Action _shrink;
    private readonly Action _sweep;
    private readonly long _worthwhile;
    private readonly TimeSpan _rest;
    private readonly TimeSpan _calm;
    private readonly TimeSpan _storm;
    private long _allocated = GC.GetTotalAllocatedBytes();
    private long _calmSince = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp(); // the start gives back what it used

    /// <param name="worthwhile">
    /// Less than so many bytes, all allocated since the last time, are not worth a collection (some 10 ms) and the pages that come back.
    /// </param>
    /// <param name="shrink">Gives back; null: as <see cref="Footprint"/> does, on a thread of its own.</param>
    /// <param name="sweep">Collects in the midst of a storm; null: all generations; the program's own pages stay.</param>
    /// <param name="rest">From one time to the next, a minute: storms that come again and again are left to the collector.</param>
    /// <param name="calm">How long a storm is over, a second.</param>
    /// <param name="storm">How long one is waited for that does not end, ten minutes.</param>
    public MemoryTrim(
        long worthwhile, Action? shrink = null, Action? sweep = null, TimeSpan? rest = null, TimeSpan? calm = null, TimeSpan? storm = null)
    {
        _worthwhile = worthwhile;
        _shrink = shrink ?? (static () => Footprint.ShrinkAfter(TimeSpan.Zero));
        _sweep = sweep ?? (static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        (_rest, _calm) = (rest ?? TimeSpan.FromMinutes(1), calm ?? TimeSpan.FromSeconds(1));
        _storm = storm ?? TimeSpan.FromMinutes(10);
    }

    /// <summary>How long until it is to look again; <see cref="TimeSpan.MaxValue"/> where nothing is to be given back.</summary>
    public TimeSpan Patience { get; private set; } = TimeSpan.MaxValue;

    /// <summary>To be called in each round.</summary>
    /// <param name="isCalm">This round had nothing to do.</param>
    public void Look(bool isCalm)
    {
        if (!isCalm)
            _calmSince = Stopwatch.GetTimestamp();
        Patience = TimeSpan.MaxValue;
        if (GC.GetTotalAllocatedBytes() - _allocated < _worthwhile)
            return;
        var since = Stopwatch.GetElapsedTime(_last);
        var wait = Longer(_calm - Stopwatch.GetElapsedTime(_calmSince), _rest - since);
        if (wait <= TimeSpan.Zero)
            Give(_shrink);
        else if (since >= _storm)
            Give(_sweep);
        else
            Patience = wait;
    }

    private void Give(Action back)
    {
        (_allocated, _last) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        back();
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
