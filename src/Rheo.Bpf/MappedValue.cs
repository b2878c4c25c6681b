using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>One word that programs read and this process sets, in memory that both share: a switch that costs no system call.</summary>
/// <remarks>
/// Shape: the first value of a <c>BPF_MAP_TYPE_ARRAY</c> with <c>BPF_F_MMAPABLE</c>, which begins with a <typeparamref name="T"/> of at most 8 bytes.
/// Threads: any. Errors: <see cref="BpfException"/> when the kernel refuses the mapping, as it does for a map that is frozen.
/// Kernel: 5.5; no capability for who has the map's descriptor, whatever bpf(2) would let him do.
/// </remarks>
/// <typeparam name="T">A number.</typeparam>
public sealed unsafe class MappedValue<T> : IDisposable
    where T : unmanaged
{
    private readonly MemoryMapping _mapping;

    /// <summary>Maps the memory of an array for reading and writing.</summary>
    /// <exception cref="ArgumentException">The map is of another kind, or its values are smaller.</exception>
    public MappedValue(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Type != MapType.Array || !map.IsMemoryMappable)
            throw new ArgumentException($"map {map} is not an array with BPF_F_MMAPABLE", nameof(map));
        if (sizeof(T) > sizeof(ulong) || map.ValueSize < sizeof(T))
            throw new ArgumentException($"a value of map {map} does not begin with a word of {sizeof(T)} bytes", nameof(map));
        _mapping = MemoryMapping.Create(map, MappingLength.OfPages((nuint)map.ValueSize), Libc.ProtRead | Libc.ProtWrite, 0);
    }

    /// <summary>The word, as it stands now.</summary>
    /// <exception cref="ObjectDisposedException">The mapping is gone.</exception>
    public T Value
    {
        get => Word;
        set => Word = value;
    }

    /// <summary>Takes the mapping away; the word stays as it is.</summary>
    public void Dispose() => _mapping.Dispose();

    private ref T Word
    {
        get
        {
            ObjectDisposedException.ThrowIf(_mapping.IsClosed, this);
            // SAFETY: the mapping is a page at least, page-aligned, and stands until Dispose; a word of 8 bytes or less is whole.
            return ref *(T*)_mapping.Address;
        }
    }
}
