using System.Globalization;
using System.Runtime.InteropServices;
using Rheo.Bench.Interop;

namespace Rheo.Bench.Machine;

/// <summary>
/// Which CPU does what. One is the outside world, which makes the traffic; the other is the machine that is measured, kernel and
/// observers.
/// </summary>
internal static unsafe class Core
{
    // 8,192 CPUs (CONFIG_NR_CPUS at its greatest on x86): the kernel refuses a mask that is shorter than its own.
    private const int MaskWords = 128;
    private const int WordBits = 64;

    // As we were started: a thread that has been tied to one sees no other.
    private static readonly int[] Allowed = ReadAllowed();

    public static readonly int Sender = Allowed[0];

    /// <summary>Of another core where there is one, since two threads of one core slow each other down.</summary>
    public static readonly int Receiver = Allowed.Skip(1).FirstOrDefault(cpu => !SharesCoreWithSender(cpu), Allowed[Math.Min(1, Allowed.Length - 1)]);

    /// <summary>Words before a command that runs it where packets are received.</summary>
    public static string[] OnReceiver { get; } = ["taskset", "--cpu-list", Receiver.ToString(CultureInfo.InvariantCulture)];

    /// <summary>How many CPUs we may use.</summary>
    public static int Count => Allowed.Length;

    /// <summary>True when sender and receiver are threads of one core.</summary>
    public static bool IsShared => SharesCoreWithSender(Receiver);

    /// <summary>Ties a thread to a CPU; 0 is the calling thread.</summary>
    public static void Pin(int thread, int core)
    {
        var mask = stackalloc ulong[MaskWords];
        mask[core / WordBits] = 1UL << (core % WordBits);
        // SAFETY: the kernel reads MaskWords words of our stack.
        Check(Libc.sched_setaffinity(thread, MaskWords * sizeof(ulong), mask), "sched_setaffinity");
    }

    /// <summary>A thread runs before all ordinary ones, as reception does where it is a softirq.</summary>
    public static void Hurry(int thread)
    {
        var priority = 1;
        // SAFETY: sched_param is one int.
        Check(Libc.sched_setscheduler(thread, Libc.SCHED_FIFO, &priority), "sched_setscheduler");
    }

    private static int[] ReadAllowed()
    {
        var mask = stackalloc ulong[MaskWords];
        // SAFETY: the kernel writes at most MaskWords words into our stack.
        Check(Libc.sched_getaffinity(0, MaskWords * sizeof(ulong), mask), "sched_getaffinity");
        var allowed = new List<int>();
        for (var cpu = 0; cpu < MaskWords * WordBits; cpu++)
        {
            if ((mask[cpu / WordBits] >> (cpu % WordBits) & 1) != 0)
                allowed.Add(cpu);
        }

        return [.. allowed];
    }

    private static bool SharesCoreWithSender(int cpu)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{Sender}/topology/thread_siblings_list");
        return File.Exists(path) && CpuList.Contains(File.ReadAllText(path).Trim(), cpu);
    }

    private static void Check(int result, string call)
    {
        if (result != 0)
            throw new BenchException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
