using System.Runtime.InteropServices;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Keeps the calling thread on the first of its CPUs: what it sends, and what comes back at once, is seen there.</summary>
internal sealed partial class PinnedThread : IDisposable
{
    private readonly CpuSet _before;

    private PinnedThread()
    {
        unsafe
        {
            // SAFETY: the set lives on this stack for the calls, and its size is given.
            CpuSet set = default;
            _ = sched_getaffinity(0, sizeof(CpuSet), &set);
            _before = set;
            set = set.First();
            _ = sched_setaffinity(0, sizeof(CpuSet), &set);
        }
    }

    internal static PinnedThread ToOneCpu() => new();

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
