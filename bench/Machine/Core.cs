using System.Runtime.InteropServices;
using Rheo.Bench.Interop;

namespace Rheo.Bench.Machine;

/// <summary>
/// Which core does what. One is the outside world, which makes the traffic; the other is the machine that is measured, kernel and
/// observers.
/// </summary>
internal static unsafe class Core
{
    public const int Sender = 0;
    public static readonly int Receiver = Math.Min(1, Environment.ProcessorCount - 1);

    /// <summary>Ties a thread to a core; 0 is the calling thread.</summary>
    public static void Pin(int thread, int core)
    {
        var mask = 1UL << core;
        // SAFETY: the kernel reads eight bytes of ours.
        Check(Libc.sched_setaffinity(thread, sizeof(ulong), &mask), "sched_setaffinity");
    }

    /// <summary>A thread runs before all ordinary ones, as reception does where it is a softirq.</summary>
    public static void Hurry(int thread)
    {
        var priority = 1;
        // SAFETY: sched_param is one int.
        Check(Libc.sched_setscheduler(thread, Libc.SCHED_FIFO, &priority), "sched_setscheduler");
    }

    private static void Check(int result, string call)
    {
        if (result != 0)
            throw new BenchException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
