using System.Diagnostics;

namespace Rheo.Capture;

/// <summary>
/// From Unix time, in which questions are asked, to the clock in which the kernel tells of sockets. A step of the wall clock is followed;
/// what is below is the noise of reading two clocks. Threads: one at a time.
/// </summary>
internal sealed class OwnerClock
{
    private const long StepNs = 1_000_000;

    private long _unixLessMonotonicNs = Difference();

    /// <summary>CLOCK_MONOTONIC: .NET's stopwatch on Linux.</summary>
    internal static long NowNs => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    internal long FromUnix(long unixNs) => unixNs - _unixLessMonotonicNs;

    internal void Refresh()
    {
        var difference = Difference();
        if (Math.Abs(difference - _unixLessMonotonicNs) > StepNs)
            _unixLessMonotonicNs = difference;
    }

    private static long Difference() => ((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100) - NowNs;
}
