using System.Diagnostics;

namespace Rheo.Capture;

/// <summary>When to walk over all descriptors of the host again: no walk takes more than a hundredth of a core. Threads: one.</summary>
/// <param name="rest">From one walk to the next.</param>
/// <param name="quiet">The same, where nothing has happened since the last one.</param>
internal sealed class WalkPace(TimeSpan rest, TimeSpan quiet)
{
    /// <summary>A hundred times what one took passes before the next.</summary>
    private const int Share = 100;

    private long _next;
    private long _nextQuiet;

    /// <summary>Whether it is time; at first it is.</summary>
    internal bool IsDue(bool isQuiet) => Stopwatch.GetTimestamp() >= (isQuiet ? _nextQuiet : _next);

    /// <summary>A walk has ended.</summary>
    /// <param name="took">How long it took.</param>
    internal void Done(TimeSpan took)
    {
        var share = took * Share;
        _next = After(share > rest ? share : rest);
        _nextQuiet = After(share > quiet ? share : quiet);
    }

    private static long After(TimeSpan time) => Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
}
