using Rheo.Bench.Interop;

namespace Rheo.Bench.Machine;

/// <summary>The monotonic clock, and sleeping until a moment of it.</summary>
internal static unsafe class Clock
{
    public static long NowNs => Read(Libc.CLOCK_MONOTONIC);

    /// <summary>CPU time that the calling thread has used.</summary>
    public static long ThreadCpuNs => Read(Libc.CLOCK_THREAD_CPUTIME_ID);

    /// <summary>Reads any clock; 0 when it does not exist, as the clock of a process that has ended.</summary>
    public static long Read(int clock)
    {
        Timespec time;
        // SAFETY: the kernel writes one timespec into ours.
        return Libc.clock_gettime(clock, &time) == 0 ? time.TotalNs : 0;
    }

    public static void SleepUntil(long ns)
    {
        var time = Timespec.FromNs(ns);
        // SAFETY: the kernel reads one timespec of ours; with an absolute time an interrupted sleep is simply taken up again.
        while (Libc.clock_nanosleep(Libc.CLOCK_MONOTONIC, Libc.TIMER_ABSTIME, &time, null) != 0)
        {
        }
    }

    /// <summary>Sleeps unless, or until, a stop is asked for.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public static void Sleep(TimeSpan time, CancellationToken stop)
    {
        stop.WaitHandle.WaitOne(time);
        stop.ThrowIfCancellationRequested();
    }

    public static void Sleep(TimeSpan time) => SleepUntil(NowNs + (long)time.TotalNanoseconds);
}
