namespace Rheo.Capture;

/// <summary>Turns the kernel's times of TCP into Unix time. Threads: one.</summary>
internal sealed class TcpTime
{
    private static readonly int[] KnownHz = [100, 250, 300, 1000];

    /// <summary>Both clocks are slewed together; what differs by less is the noise of reading them.</summary>
    private const long StepNs = 1_000_000;

    /// <summary>jiffies start 300 s before they wrap (INITIAL_JIFFIES, include/linux/jiffies.h): by then, all HZ look alike.</summary>
    private const double AlikeAtSeconds = 300, Doubtful = 1;

    private long _unixLessMonotonicNs;
    private long _nsPerJiffy;
    private bool _isSure; // of the kernel's HZ, which never changes

    /// <summary>Unix time of the last refresh, ns.</summary>
    internal long NowNs { get; private set; }

    /// <summary>Brings the conversion up to date.</summary>
    /// <returns>How far the wall clock was set since the last time, ns; nearly always 0.</returns>
    internal long Refresh()
    {
        var difference = WallClock.LessMonotonicNs();
        NowNs = WallClock.UnixNs;
        var step = difference - _unixLessMonotonicNs;
        if (Math.Abs(step) <= StepNs)
            return 0;
        _unixLessMonotonicNs = difference;
        return step;
    }

    internal long ToUnixNs(ulong monotonicNs) => monotonicNs == 0 ? 0 : (long)monotonicNs + _unixLessMonotonicNs;

    internal long Span(ulong jiffies) => (long)jiffies * _nsPerJiffy;

    /// <summary>A moment in jiffies, told by a record that says what jiffies it was made at.</summary>
    internal long Moment(uint jiffies, in TcpHealth record) => ToUnixNs(record.TimeNs) - ((int)(record.Jiffies - jiffies) * _nsPerJiffy);

    /// <summary>Learns the kernel's HZ from a record that has both clocks. Cost: one comparison, once it is known.</summary>
    internal void Learn(ref readonly TcpHealth record)
    {
        if (_isSure)
            return;
        var seconds = record.TimeNs / 1e9;
        _isSure = Math.Abs(seconds - AlikeAtSeconds) > Doubtful;
        if (_nsPerJiffy == 0 || _isSure)
            _nsPerJiffy = 1_000_000_000 / HzOf(record.Jiffies, seconds);
    }

    internal static int HzOf(uint jiffies, double seconds) =>
        KnownHz.MinBy(hz => Math.Abs((long)(int)(jiffies - (uint)(long)((seconds - AlikeAtSeconds) * hz))));
}
