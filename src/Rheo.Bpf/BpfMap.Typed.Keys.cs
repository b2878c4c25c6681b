using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Stepping through a map by its keys.</summary>
public sealed unsafe partial class BpfMap<TKey, TValue>
{
    /// <summary>Gives the key that comes first in the map's own order.</summary>
    /// <param name="key">The first key.</param>
    /// <returns>False if the map is empty.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetFirstKey(out TKey key)
    {
        // SAFETY: the out parameter is pinned and as big as the map's key.
        fixed (TKey* next = &key)
        {
            return Found("step through", MapElements.Call(BpfCommand.BPF_MAP_GET_NEXT_KEY, Map, null, next));
        }
    }

    /// <summary>Gives the key that comes after another in the map's own order.</summary>
    /// <param name="key">A key. If it is not in a hash (any more), stepping begins again with the first.</param>
    /// <param name="next">The key after it.</param>
    /// <returns>False if it is the last.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetNextKey(in TKey key, out TKey next)
    {
        // SAFETY: both keys are pinned and as big as the map's.
        fixed (TKey* keyPointer = &key)
        fixed (TKey* nextPointer = &next)
        {
            return Found("step through", MapElements.Call(BpfCommand.BPF_MAP_GET_NEXT_KEY, Map, keyPointer, nextPointer));
        }
    }

    /// <summary>Lists the keys, one system call each. For small maps and by people; <see cref="ReadBatches"/> is for the rest.</summary>
    /// <remarks>It ends after as many keys as the map can hold, also when programs delete under it and stepping begins anew.</remarks>
    public IEnumerable<TKey> Keys()
    {
        var left = Map.MaxEntries;
        for (var more = TryGetFirstKey(out var key); more && left > 0; left--)
        {
            yield return key;
            more = TryGetNextKey(key, out key);
        }
    }
}
