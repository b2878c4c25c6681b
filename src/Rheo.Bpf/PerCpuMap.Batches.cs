using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Many elements a system call.</summary>
public sealed unsafe partial class PerCpuMap<TKey, TValue>
{
    /// <summary>Reads all elements, as many a system call as the buffers hold.</summary>
    /// <param name="keys">Room for keys.</param>
    /// <param name="values">Room for <see cref="CpuCount"/> times as many values.</param>
    /// <exception cref="ArgumentException">The buffers are empty or do not fit one another.</exception>
    /// <exception cref="NotSupportedException">The size of a value is no multiple of 8: read element by element.</exception>
    public MapBatches<TKey, TValue> ReadBatches(Span<TKey> keys, Span<TValue> values) =>
        Batches(BpfCommand.BPF_MAP_LOOKUP_BATCH, keys, values);

    /// <summary>Reads and deletes all elements of a hash, as many a system call as the buffers hold.</summary>
    /// <param name="keys">Room for keys.</param>
    /// <param name="values">Room for <see cref="CpuCount"/> times as many values.</param>
    /// <exception cref="ArgumentException">The buffers are empty or do not fit one another.</exception>
    /// <exception cref="NotSupportedException">The size of a value is no multiple of 8: take element by element.</exception>
    public MapBatches<TKey, TValue> TakeBatches(Span<TKey> keys, Span<TValue> values) =>
        Batches(BpfCommand.BPF_MAP_LOOKUP_AND_DELETE_BATCH, keys, values);

    private MapBatches<TKey, TValue> Batches(BpfCommand command, Span<TKey> keys, Span<TValue> values)
    {
        if (!IsDense)
            throw new NotSupportedException($"values of map {Name} have {sizeof(TValue)} bytes, which the kernel spaces {_stride} apart");
        return new MapBatches<TKey, TValue>(Map, command, keys, values, CpuCount);
    }
}
