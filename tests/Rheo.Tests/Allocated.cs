namespace Rheo.Tests;

/// <summary>What some work allocates on this thread.</summary>
internal static class Allocated
{
    /// <summary>
    /// Bytes. A garbage collection, which any test beside this one may cause, counts all that the thread had reserved as allocated: then the
    /// work is done again.
    /// </summary>
    internal static long By(Action work)
    {
        for (var tries = 1; ; tries++)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0 || GC.CollectionCount(0) == collections || tries == 10)
                return allocated;
        }
    }
}
