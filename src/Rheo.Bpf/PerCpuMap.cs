using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A per-CPU hash or array with typed keys and values: each element has one value for every possible CPU.</summary>
/// <remarks>
/// Shape: values come as one <typeparamref name="TValue"/> a CPU, in the order of the CPUs' numbers; possible CPUs are counted, also those
/// that are off line. Threads: any; programs write their CPU's value while it is being read.
/// Cost: one system call an element or a batch. Values whose size is no multiple of 8 are copied once more, through a rented buffer.
/// Kernel: batches of per-CPU arrays need 5.13, those of hashes 5.6.
/// </remarks>
/// <typeparam name="TKey">The key's type; <see cref="uint"/> for arrays.</typeparam>
/// <typeparam name="TValue">The type of one CPU's value.</typeparam>
public sealed unsafe partial class PerCpuMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    // The kernel lays the CPUs' values 8 bytes apart at least (round_up(value_size, 8)).
    private static readonly int _stride = (sizeof(TValue) + 7) & ~7;

    /// <summary>Gives a map its types. The object need not be loaded yet.</summary>
    /// <param name="map">The map.</param>
    /// <exception cref="ArgumentException">The sizes differ from the map's, or it is not a per-CPU map.</exception>
    public PerCpuMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapShape.Check<TKey, TValue>(map, perCpu: true);
        Map = map;
    }

    /// <summary>The map without its types.</summary>
    public BpfMap Map { get; }

    /// <summary>The map's name.</summary>
    public string Name => Map.Name;

    /// <summary>How many values an element has: the machine's possible CPUs.</summary>
    public int CpuCount => PossibleCpus.Count;

    private static bool IsDense => _stride == sizeof(TValue);

    /// <summary>Looks an element up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Room for exactly <see cref="CpuCount"/> values.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="ArgumentException">The room is too small or too big.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGet(in TKey key, Span<TValue> values) => TryRead(BpfCommand.BPF_MAP_LOOKUP_ELEM, "read", key, values);

    /// <summary>Looks an element of a hash up and deletes it, at once: no update before it is lost.</summary>
    /// <remarks>Kernel: 5.14.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="values">Room for exactly <see cref="CpuCount"/> values.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="ArgumentException">The room is too small or too big.</exception>
    /// <exception cref="BpfException">The kernel refused, or cannot do it.</exception>
    public bool TryTake(in TKey key, Span<TValue> values) => TryRead(BpfCommand.BPF_MAP_LOOKUP_AND_DELETE_ELEM, "take from", key, values);

    /// <summary>Writes an element: each CPU's value.</summary>
    /// <remarks>What programs count on other CPUs meanwhile is lost.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="values">Exactly <see cref="CpuCount"/> values.</param>
    /// <param name="mode">Whether it must be new, or there already.</param>
    /// <exception cref="ArgumentException">There are too few or too many values.</exception>
    /// <exception cref="BpfException">The map is full, the mode stands against it, or the kernel refused.</exception>
    public void Set(in TKey key, ReadOnlySpan<TValue> values, UpdateMode mode = UpdateMode.Any)
    {
        CheckRoom(values.Length);
        using var room = new PerCpuBuffer<TValue>(values.Length, IsDense);
        // SAFETY: as in TryRead.
        fixed (TKey* keyPointer = &key)
        fixed (byte* bytes = room.Filled(values))
        {
            var result = MapElements.Call(BpfCommand.BPF_MAP_UPDATE_ELEM, Map, keyPointer, bytes, (ulong)mode);
            if (result < 0)
                throw new BpfException("write map", Name, -result);
        }
    }

    /// <summary>Deletes an element of a hash.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="BpfException">The kernel refused; elements of arrays cannot be deleted (EINVAL).</exception>
    public bool TryDelete(in TKey key)
    {
        // SAFETY: the key is pinned and as big as the map says.
        fixed (TKey* pointer = &key)
        {
            return Found("delete from", MapElements.Call(BpfCommand.BPF_MAP_DELETE_ELEM, Map, pointer, null));
        }
    }

    private bool TryRead(BpfCommand command, string operation, in TKey key, Span<TValue> values)
    {
        CheckRoom(values.Length);
        using var room = new PerCpuBuffer<TValue>(values.Length, IsDense);
        // SAFETY: the key is pinned; the room is stride * CpuCount bytes, either the caller's span or a rented buffer.
        fixed (TKey* keyPointer = &key)
        fixed (byte* bytes = room.Bytes(values))
        {
            if (!Found(operation, MapElements.Call(command, Map, keyPointer, bytes)))
                return false;
        }

        room.CopyTo(values);
        return true;
    }

    private void CheckRoom(int length)
    {
        if (length != CpuCount)
            throw new ArgumentException($"map {Name} has {CpuCount} values an element, one a possible CPU, not {length}");
    }

    private bool Found(string operation, int result) => result switch
    {
        >= 0 => true,
        -Errno.ENOENT => false,
        _ => throw new BpfException($"{operation} map", Name, -result),
    };
}
