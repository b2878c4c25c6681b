namespace Rheo.Bpf;

/// <summary>What an iterator is to walk; the default is all there is of its kind.</summary>
public readonly record struct IteratorTarget
{
    private IteratorTarget(IteratorTargetKind kind, uint number) => (Kind, Number) = (kind, number);

    internal IteratorTargetKind Kind { get; }

    internal uint Number { get; }

    /// <summary>The elements of one map (iter/bpf_map_elem, iter/bpf_sk_storage_map).</summary>
    /// <param name="fileDescriptor">The map's descriptor; it must be open while the iterator is attached.</param>
    /// <returns>The target.</returns>
    public static IteratorTarget Map(int fileDescriptor) => new(IteratorTargetKind.Map, (uint)fileDescriptor);

    /// <summary>One thread (iter/task, iter/task_file, iter/task_vma). <b>Kernel</b>: 6.1.</summary>
    /// <param name="id">The thread's id in the calling process's pid namespace.</param>
    /// <returns>The target.</returns>
    public static IteratorTarget Thread(int id) => new(IteratorTargetKind.Thread, (uint)id);

    /// <summary>All threads of one process (iter/task, iter/task_file, iter/task_vma). <b>Kernel</b>: 6.1.</summary>
    /// <param name="id">The process's id in the calling process's pid namespace.</param>
    /// <returns>The target.</returns>
    public static IteratorTarget Process(int id) => new(IteratorTargetKind.Process, (uint)id);

    /// <summary>A cgroup and all below it, parents first (iter/cgroup). <b>Kernel</b>: 6.1.</summary>
    /// <param name="folderDescriptor">A descriptor of the cgroup's folder; it must be open while the iterator is attached.</param>
    /// <returns>The target.</returns>
    public static IteratorTarget Cgroup(int folderDescriptor) => new(IteratorTargetKind.Cgroup, (uint)folderDescriptor);
}
