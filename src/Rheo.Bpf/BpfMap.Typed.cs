using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A hash, LRU, LPM-trie or array map with typed keys and values, read and written by system calls.</summary>
/// <remarks>
/// Shape: both types have the size that the map was made with. For a hash, all bytes of a key are compared, padding too.
/// Threads: any; each call is atomic for its element. Programs may change the map between calls.
/// Cost: one system call an element (about 300 ns) or a batch; no allocation, except where said.
/// Kernel: batches of LPM tries need 5.15, those of hash and array maps 5.6.
/// A <see cref="MappedArray{T}"/> is several hundred times cheaper to read than an array by this.
/// </remarks>
/// <typeparam name="TKey">The key's type; <see cref="LpmKey{TAddress}"/> for LPM tries, <see cref="uint"/> for arrays.</typeparam>
/// <typeparam name="TValue">The value's type.</typeparam>
public sealed unsafe partial class BpfMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Gives a map its types. The object need not be loaded yet.</summary>
    /// <param name="map">The map.</param>
    /// <exception cref="ArgumentException">The sizes differ from the map's, or it is a per-CPU map or a ring.</exception>
    public BpfMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapShape.Check<TKey, TValue>(map, perCpu: false);
        Map = map;
    }

    /// <summary>The map without its types.</summary>
    public BpfMap Map { get; }

    /// <summary>The map's name.</summary>
    public string Name => Map.Name;

    /// <summary>Looks an element up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">A copy of the value.</param>
    /// <returns>False if the map has no such element; an array, if the index is too big.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGet(in TKey key, out TValue value)
    {
        value = default;
        // SAFETY: key and value are pinned and as big as the map says.
        fixed (TKey* keyPointer = &key)
        fixed (TValue* valuePointer = &value)
        {
            return Found("read", MapElements.Call(BpfCommand.BPF_MAP_LOOKUP_ELEM, Map, keyPointer, valuePointer));
        }
    }

    /// <summary>Looks an element up and deletes it, in one step.</summary>
    /// <remarks>Kernel: 5.14, hash and LRU maps.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="value">The value that it had.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryTake(in TKey key, out TValue value)
    {
        value = default;
        // SAFETY: as in TryGet.
        fixed (TKey* keyPointer = &key)
        fixed (TValue* valuePointer = &value)
        {
            return Found("take from", MapElements.Call(BpfCommand.BPF_MAP_LOOKUP_AND_DELETE_ELEM, Map, keyPointer, valuePointer));
        }
    }

    /// <summary>Writes an element.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfException">The map is full (E2BIG, ENOSPC), or the kernel refused.</exception>
    public void Set(in TKey key, in TValue value)
    {
        var result = Update(key, value, UpdateMode.Any);
        if (result < 0)
            throw Refused("write", result);
    }

    /// <summary>Writes an element if there is room and the mode allows it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="mode">Whether it must be new, or there already.</param>
    /// <returns>False if it is there and should not be, is not there and should be, or the map is full.</returns>
    /// <exception cref="BpfException">The kernel refused for another reason.</exception>
    public bool TrySet(in TKey key, in TValue value, UpdateMode mode = UpdateMode.Any)
    {
        var result = Update(key, value, mode);
        return result switch
        {
            >= 0 => true,
            -Errno.EEXIST or -Errno.ENOENT or -Errno.E2BIG or -Errno.ENOSPC => false,
            _ => throw Refused("write", result),
        };
    }

    /// <summary>Deletes an element.</summary>
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

    private int Update(in TKey key, in TValue value, UpdateMode mode)
    {
        // SAFETY: as in TryGet.
        fixed (TKey* keyPointer = &key)
        fixed (TValue* valuePointer = &value)
        {
            return MapElements.Call(BpfCommand.BPF_MAP_UPDATE_ELEM, Map, keyPointer, valuePointer, (ulong)mode);
        }
    }

    private bool Found(string operation, int result) => result switch
    {
        >= 0 => true,
        -Errno.ENOENT => false,
        _ => throw Refused(operation, result),
    };

    private BpfException Refused(string operation, int result) => new($"{operation} map", Name, -result);
}
