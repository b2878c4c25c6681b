using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Many elements a system call.</summary>
public sealed unsafe partial class BpfMap<TKey, TValue>
{
    /// <summary>Reads all elements, as many a system call as the buffers hold.</summary>
    /// <remarks>Programs that write meanwhile may make an element appear twice or, when it is deleted and added, not at all.</remarks>
    /// <param name="keys">Room for keys. A hash needs as much as its fullest bucket holds; a hundred is plenty.</param>
    /// <param name="values">Room for as many values.</param>
    /// <returns>A reader to step through: <c>while (batches.MoveNext()) … batches.Keys, batches.Values</c>.</returns>
    /// <exception cref="ArgumentException">The buffers are empty or differ in length.</exception>
    public MapBatches<TKey, TValue> ReadBatches(Span<TKey> keys, Span<TValue> values) =>
        new(Map, BpfCommand.BPF_MAP_LOOKUP_BATCH, keys, values, valuesPerKey: 1);

    /// <summary>Reads and deletes all elements, as many a system call as the buffers hold: a harvest that loses no update of a hash.</summary>
    /// <remarks>Kernel: 5.6, hash and LRU maps.</remarks>
    /// <param name="keys">Room for keys.</param>
    /// <param name="values">Room for as many values.</param>
    /// <exception cref="ArgumentException">The buffers are empty or differ in length.</exception>
    public MapBatches<TKey, TValue> TakeBatches(Span<TKey> keys, Span<TValue> values) =>
        new(Map, BpfCommand.BPF_MAP_LOOKUP_AND_DELETE_BATCH, keys, values, valuesPerKey: 1);

    /// <summary>Writes many elements in one system call.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">As many values.</param>
    /// <returns>How many were written before the map was full: all of them if it never was.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="BpfException">The kernel refused for another reason.</exception>
    public int SetAll(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values)
    {
        if (keys.Length != values.Length)
            throw new ArgumentException("there must be as many values as keys", nameof(values));
        var count = (uint)keys.Length;
        if (count == 0)
            return 0;
        // SAFETY: both spans are pinned, and `count` elements long.
        fixed (TKey* keyPointer = keys)
        fixed (TValue* valuePointer = values)
        {
            var result = MapElements.CallBatch(BpfCommand.BPF_MAP_UPDATE_BATCH, Map, default, keyPointer, valuePointer, ref count);
            if (result is < 0 and not (-Errno.E2BIG or -Errno.ENOSPC))
                throw Refused("write", result);
            return (int)count;
        }
    }

    /// <summary>Deletes many elements, in one system call for each run of keys that are there.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>How many were there.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int DeleteAll(ReadOnlySpan<TKey> keys)
    {
        var deleted = 0;
        // The kernel stops at the first key that is not there: step over it and go on.
        while (!keys.IsEmpty)
        {
            var count = DeleteRun(keys, out var stopped);
            deleted += count;
            keys = keys[Math.Min(keys.Length, stopped ? count + 1 : keys.Length)..];
        }

        return deleted;
    }

    private int DeleteRun(ReadOnlySpan<TKey> keys, out bool stopped)
    {
        var count = (uint)keys.Length;
        // SAFETY: the span is pinned, and `count` elements long.
        fixed (TKey* pointer = keys)
        {
            var result = MapElements.CallBatch(BpfCommand.BPF_MAP_DELETE_BATCH, Map, default, pointer, null, ref count);
            stopped = result == -Errno.ENOENT;
            if (result < 0 && !stopped)
                throw Refused("delete from", result);
            return (int)count;
        }
    }
}
