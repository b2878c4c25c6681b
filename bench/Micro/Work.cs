using Rheo.Bench.Machine;

namespace Rheo.Bench.Micro;

/// <summary>CPU time and allocations of a piece of work on this thread, for each of its items.</summary>
internal readonly record struct Work(long CpuNs, long AllocatedBytes, long Items)
{
    public double NsPerItem => (double)CpuNs / Items;

    public double BytesPerItem => (double)AllocatedBytes / Items;

    public double Milliseconds => CpuNs / 1e6;

    public static Work operator +(Work one, Work other) =>
        new(one.CpuNs + other.CpuNs, one.AllocatedBytes + other.AllocatedBytes, one.Items + other.Items);

    /// <summary>Does it and measures it; it returns how many items it has handled.</summary>
    public static Work Of(Func<long> act)
    {
        var (allocated, cpu) = (GC.GetAllocatedBytesForCurrentThread(), Clock.ThreadCpuNs);
        var items = act();
        cpu = Clock.ThreadCpuNs - cpu;
        return new Work(cpu, GC.GetAllocatedBytesForCurrentThread() - allocated, items);
    }
}
