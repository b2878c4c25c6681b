using System.Runtime.InteropServices;

namespace Rheo.Interop;

/// <summary>Clocks that .NET does not read: those of other processes.</summary>
internal static unsafe partial class ClockCalls
{
    /// <summary>
    /// CPU time of a process in nanoseconds, of all its threads, those that ended included; 0 when there is none such. Anybody may ask.
    /// Source: MAKE_PROCESS_CPUCLOCK and CPUCLOCK_SCHED, include/linux/posix-timers_types.h.
    /// </summary>
    public static long CpuNsOf(int process)
    {
        var time = stackalloc long[2]; // struct timespec of a 64-bit Linux: seconds, nanoseconds
        // SAFETY: the kernel writes one timespec, which is these 16 bytes of our stack.
        return clock_gettime((~process << 3) | 2, time) == 0 ? (time[0] * 1_000_000_000) + time[1] : 0;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, long* time);
}
