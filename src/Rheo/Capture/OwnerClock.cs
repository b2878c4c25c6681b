namespace Rheo.Capture;

/// <summary>
/// From Unix time, in which questions are asked, to the clock in which the kernel tells of sockets. A step of the wall clock is followed;
/// what is below is the noise of reading two clocks. Threads: one at a time.
/// </summary>
internal sealed class OwnerClock
{
    private const long StepNs = 1_000_000;

    private long _unixLessMonotonicNs = WallClock.LessMonotonicNs();

    internal long FromUnix(long unixNs) => unixNs - _unixLessMonotonicNs;

    internal void Refresh()
    {
        var difference = WallClock.LessMonotonicNs();
        if (Math.Abs(difference - _unixLessMonotonicNs) > StepNs)
            _unixLessMonotonicNs = difference;
    }
}
