namespace Rheo.Tests;

/// <summary>What some work allocates on this thread.</summary>
internal static class Allocated
{
    private const int Reserved = 8192;

    /// <summary>
    /// Bytes. A garbage collection, which any test beside this one may cause, counts all that the thread had reserved as allocated: then the
    /// work is done again. One in the background is counted only when it is over: as much as a thread reserves is asked for twice.
    /// </summary>
    internal static long By(Action work)
    {
        for (var tries = 1; ; tries++)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var isDisturbed = GC.CollectionCount(0) != collections || (allocated <= Reserved && tries == 1);
            if (allocated == 0 || !isDisturbed || tries == 10)
                return allocated;
        }
    }
}
