using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// An array map that is read in place: its elements are plain memory, written by programs and seen here without a system call.
/// </summary>
/// <remarks>
/// Shape: the map is a <c>BPF_MAP_TYPE_ARRAY</c> with <c>BPF_F_MMAPABLE</c>. <typeparamref name="T"/> is as big as a value, or a value is
/// an array of whole <typeparamref name="T"/> and <see cref="Span"/> runs over all of them.
/// Threads: any number of readers. Programs write at the same time from other CPUs: single words of up to 8 bytes are whole, everything
/// bigger needs a version to compare (seqlock) or <see cref="Volatile"/> reads in the order that the program writes.
/// Cost: about 1 ns an element of 64 bytes in cache; no allocation.
/// Kernel: 5.5. The mapping holds the map by itself; the object may be disposed of before it.
/// </remarks>
/// <typeparam name="T">An unmanaged type with the layout of the value, or of one of its equal parts.</typeparam>
public sealed unsafe class MappedArray<T> : IDisposable
    where T : unmanaged
{
    private readonly MemoryMapping _mapping;

    /// <summary>Maps the memory of an array for reading.</summary>
    /// <param name="map">An array with BPF_F_MMAPABLE of a loaded object.</param>
    /// <exception cref="ArgumentException">The map is of another kind, or its values do not consist of whole <typeparamref name="T"/>.</exception>
    /// <exception cref="BpfException">The kernel refused the mapping.</exception>
    public MappedArray(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Length = LengthOf(map);
        _mapping = MemoryMapping.Create(map, MappingLength.OfPages((nuint)Length * (nuint)sizeof(T)), Libc.ProtRead, 0);
    }

    /// <summary>How many <typeparamref name="T"/> there are.</summary>
    public int Length { get; }

    /// <summary>The elements, in place. The span must not be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The mapping is gone.</exception>
    public ReadOnlySpan<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_mapping.IsClosed, this);
            // SAFETY: the mapping is at least Length * sizeof(T) bytes, page-aligned, and stands until Dispose.
            return new ReadOnlySpan<T>((void*)_mapping.Address, Length);
        }
    }

    /// <summary>One element, in place; see <see cref="Span"/>, which is faster for more than one.</summary>
    /// <param name="index">From 0 to <see cref="Length"/> - 1.</param>
    public ref readonly T this[int index] => ref Span[index];

    /// <summary>Takes the mapping away. Spans of it must not be used any more.</summary>
    public void Dispose() => _mapping.Dispose();

    private static int LengthOf(BpfMap map)
    {
        if (map.Type != MapType.Array || !map.IsMemoryMappable)
            throw new ArgumentException($"map {map} is not an array with BPF_F_MMAPABLE", nameof(map));
        // The kernel lays values 8 bytes apart at least (array_map_alloc), so that other sizes do not lie side by side.
        if (map.ValueSize % sizeof(T) != 0 || map.ValueSize % sizeof(ulong) != 0)
            throw new ArgumentException($"values of map {map} are not whole {typeof(T).Name} of {sizeof(T)} bytes, side by side", nameof(map));
        var length = (long)map.MaxEntries * (map.ValueSize / sizeof(T));
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException($"map {map} has {length} elements; a span holds {Array.MaxLength}", nameof(map));
    }
}
