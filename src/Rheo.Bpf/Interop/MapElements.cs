namespace Rheo.Bpf.Interop;

/// <summary>The element and batch commands of bpf(2) on raw memory: what the typed maps stand on. Failures are negative errnos.</summary>
internal static unsafe class MapElements
{
    public static int Call(BpfCommand command, BpfMap map, void* key, void* value, ulong flags = 0)
    {
        var attribute = new ElementAttribute { Map = map.FileDescriptor, Key = (ulong)key, Value = (ulong)value, Flags = flags };
        return BpfSyscall.Call(command, ref attribute);
    }

    /// <summary>Runs a batch command; <paramref name="count"/> is how many to do, and afterwards how many were done.</summary>
    public static int CallBatch(BpfCommand command, BpfMap map, BatchPosition position, void* keys, void* values, ref uint count)
    {
        var attribute = new BatchAttribute
        {
            InPosition = (ulong)position.From,
            OutPosition = (ulong)position.To,
            Keys = (ulong)keys,
            Values = (ulong)values,
            Count = count,
            Map = map.FileDescriptor,
        };
        var result = BpfSyscall.Call(command, ref attribute);
        count = Done(result, attribute.Count, count);
        return result;
    }

    // EFAULT leaves the count as it was given: nothing is known to be done (generic_map_update_batch in kernel/bpf/syscall.c).
    private static uint Done(int result, uint reported, uint given) => result == -Errno.EFAULT ? 0 : Math.Min(reported, given);
}
