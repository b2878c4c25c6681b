using System.Diagnostics;

namespace Rheo.Capture;

/// <summary>The wall clock beside CLOCK_MONOTONIC, in which the kernel tells its times. Threads: any.</summary>
internal static class WallClock
{
    private const int Readings = 3;

    /// <summary>CLOCK_MONOTONIC, ns: .NET's stopwatch on Linux.</summary>
    internal static long MonotonicNs => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    /// <summary>Unix time, ns.</summary>
    internal static long UnixNs => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>How much later the wall clock is, ns.</summary>
    /// <remarks>
    /// The two cannot be read at once: of a few readings the one with the least between is the truest, whatever interrupted the others. One
    /// reading that was interrupted would shift all times that are converted by it, by as long as the CPU was away.
    /// </remarks>
    internal static long LessMonotonicNs()
    {
        var (difference, shortest) = (0L, long.MaxValue);
        for (var reading = 0; reading < Readings; reading++)
        {
            var before = MonotonicNs;
            var unix = UnixNs;
            var between = MonotonicNs - before;
            if (between < shortest)
                (difference, shortest) = (unix - before - (between / 2), between);
        }

        return difference;
    }
}
