using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The one place where the kernel's times become Unix time: CLOCK_MONOTONIC nanoseconds, and jiffies for "last seen".
/// Refreshed before each scan; a step of the wall clock moves what is converted from then on, and is told so that what was converted
/// before can follow.
/// Threads: the polling thread. Cost: a refresh is one system call (BPF_PROG_TEST_RUN) and a reading of the clock.
/// </summary>
internal sealed class KernelTime(FlowKernel kernel)
{
    // CONFIG_HZ knows no other values on the machines that we run on.
    private static readonly int[] KnownHz = [100, 250, 300, 1000];

    /// <summary>
    /// Both clocks are slewed together, so that their difference changes by steps alone. What is below is the noise of reading them, and
    /// the time of a packet must not depend on when it is converted: times decide which connection of a tuple it belongs to.
    /// </summary>
    private const long StepNs = 1_000_000;

    private const int NotPermitted = 1;

    private readonly byte[] _frame = new byte[64];
    private bool _isRefused;
    private KernelClock _clock;
    private long _unixLessMonotonicNs;
    private long _nsPerJiffy;

    /// <summary>Unix time of the last refresh, ns.</summary>
    internal long NowNs { get; private set; }

    /// <summary>Brings the conversion up to date.</summary>
    /// <returns>How far the wall clock was set since the last time, ns; nearly always 0.</returns>
    internal long Refresh()
    {
        _clock = ReadClock();
        var difference = WallClock.LessMonotonicNs();
        var step = difference - _unixLessMonotonicNs;
        if (Math.Abs(step) <= StepNs)
            step = 0;
        _unixLessMonotonicNs += step;
        NowNs = ToUnixNs(_clock.MonotonicNs);
        _nsPerJiffy = 1_000_000_000 / HzOf(_clock);
        return step;
    }

    private KernelClock ReadClock()
    {
        try
        {
            if (!_isRefused)
                kernel.ReadClock.TestRun(new TestRun { Data = _frame });
        }
        catch (BpfException refused) when (refused.Errno == NotPermitted && kernel.Clock[0].Clock.MonotonicNs != 0)
        {
            _isRefused = true;
        }

        return _isRefused ? FromTheFirst(kernel.Clock[0].Clock) : kernel.Clock[0].Clock;
    }

    // Kernels such as 5.10 refuse every bpf() call of a process without capabilities, the core. Who loaded the programs has read the
    // clocks once, and the two run evenly.
    private static KernelClock FromTheFirst(KernelClock clock)
    {
        var now = (ulong)WallClock.MonotonicNs;
        clock.Jiffies += (now - clock.MonotonicNs) / (1_000_000_000 / (ulong)HzOf(clock));
        clock.MonotonicNs = now;
        return clock;
    }

    internal long ToUnixNs(ulong monotonicNs) => monotonicNs == 0 ? 0 : (long)monotonicNs + _unixLessMonotonicNs;

    /// <summary>
    /// The low 32 bits of a jiffies count of the last 49 days or less, as Unix ns. Never later than it was, and by two jiffies earlier
    /// at most: a connection that seemed to last beyond the SYN of the next one would swallow it.
    /// </summary>
    internal long JiffiesToUnixNs(uint jiffies) => NowNs - (Ago((uint)_clock.Jiffies, jiffies) * _nsPerJiffy);

    // One more than the difference: each of the two may have just begun, or be nearly over. What is later than the reading was just now.
    internal static long Ago(uint now, uint jiffies) => Math.Max(0, (int)(now - jiffies)) + 1L;

    /// <summary>
    /// jiffies_64 starts at 2^32 - 300·HZ when the machine starts (INITIAL_JIFFIES, include/linux/jiffies.h), so one reading beside
    /// the time since start tells HZ. Near 300 s after start all HZ say the same, and any of them is then as good for "last seen"
    /// within a scan of the refresh.
    /// </summary>
    internal static int HzOf(KernelClock clock)
    {
        var seconds = clock.MonotonicNs / 1e9;
        return KnownHz.MinBy(hz => Math.Abs((1L << 32) - (300.0 * hz) + (seconds * hz) - clock.Jiffies));
    }
}
