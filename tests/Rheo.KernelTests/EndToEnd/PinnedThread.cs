using System.Runtime.InteropServices;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Keeps the calling thread on the first of its CPUs: what it sends, and what comes back at once, is seen there.</summary>
internal sealed partial class PinnedThread : IDisposable
{
    private readonly CpuSet _before;

    private PinnedThread(Func<CpuSet, CpuSet> choose)
    {
        unsafe
        {
            // SAFETY: the set lives on this stack for the calls, and its size is given.
            CpuSet set = default;
            _ = sched_getaffinity(0, sizeof(CpuSet), &set);
            _before = set;
            set = choose(set);
            _ = sched_setaffinity(0, sizeof(CpuSet), &set);
        }
    }

    internal static PinnedThread ToOneCpu() => new(set => set.First());

    /// <summary>Keeps it on this one, which it may use.</summary>
    internal static PinnedThread To(int cpu) => new(_ => CpuSet.Of(cpu));

    public unsafe void Dispose()
    {
        var before = _before;
        // SAFETY: as above.
        _ = sched_setaffinity(0, sizeof(CpuSet), &before);
    }

    [LibraryImport("libc")]
    private static unsafe partial int sched_getaffinity(int thread, nint size, CpuSet* set);

    [LibraryImport("libc")]
    private static unsafe partial int sched_setaffinity(int thread, nint size, CpuSet* set);

    private unsafe struct CpuSet // cpu_set_t: 1,024 bits
    {
        private fixed ulong _words[16];

        public static CpuSet Of(int cpu)
        {
            CpuSet one = default;
            one._words[cpu / 64] = 1UL << (cpu % 64);
            return one;
        }

        public CpuSet First()
        {
            CpuSet first = default;
            for (var at = 0; at < 16; at++)
            {
                if (_words[at] == 0)
                    continue;
                first._words[at] = _words[at] & (~_words[at] + 1);
                break;
            }

            return first;
        }
    }
}
