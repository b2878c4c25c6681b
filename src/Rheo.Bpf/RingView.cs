using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// The part of a ring's data that this process has mapped: what waits to be read, and some more. A ring is sized for storms, and
/// every page that is mapped counts as resident; at rest a reader needs a few.
/// </summary>
/// <remarks>
/// The kernel offers the data twice in a row, so that a record that wraps around is in one piece; any stretch of that can be mapped.
/// Threads: the reader. Cost: a compare a batch; a mapping (some 0.1 µs a page) each time the reader comes to the end of one, which is after at
/// least three quarters of it, and never while the ring is as good as full, since then all of it is mapped.
/// </remarks>
internal sealed unsafe class RingView : IDisposable
{
    /// <summary>64 KiB: some hundred records, more than come together between two looks at rest.</summary>
    private const nuint Least = 1 << 16;

    /// <summary>A new mapping has room for so many times what waits.</summary>
    private const nuint Room = 4;

    /// <summary>So many batches in a row that needed a sixteenth of the mapping at most, and it gets smaller.</summary>
    private const int MostIdle = 16;

    private const nuint Idle = 16;

    private readonly DescriptorHandle _ring;
    private readonly string _name;
    private readonly nuint _capacity;
    private readonly nuint _least;
    private MemoryMapping _mapping;
    private nuint _start; // where the mapping begins in the doubled data
    private nuint _length;
    private int _idle;

    internal RingView(DescriptorHandle ring, string name, nuint capacity)
    {
        (_ring, _name, _capacity) = (ring, name, capacity);
        (_start, _length) = Around(0, 0);
        _least = _length;
        _mapping = Map();
    }

    /// <summary>Bytes of address space that are mapped now.</summary>
    internal long MappedBytes => (long)_length;

    /// <summary>
    /// Maps what lies between two positions, unless it is. Returns where position 0 would be: the byte at a position between the two is
    /// so many behind it.
    /// </summary>
    /// <param name="from">The consumer's position.</param>
    /// <param name="end">The producer's.</param>
    /// <exception cref="BpfException">The kernel refused the mapping; the one before stands.</exception>
    internal byte* Over(nuint from, nuint end)
    {
        var (offset, waits) = (from & (_capacity - 1), end - from);
        _idle = waits * Idle < _length && _length > _least ? _idle + 1 : 0;
        if (offset < _start || offset + waits > _start + _length || _idle > MostIdle)
            Move(offset, waits);
        return (byte*)_mapping.Address + (nint)(offset - _start) - (nint)from;
    }

    public void Dispose() => _mapping.Dispose();

    private void Move(nuint offset, nuint waits)
    {
        var before = (_mapping, _start, _length);
        (_start, _length) = Around(offset, waits);
        try
        {
            _mapping = Map();
        }
        catch
        {
            (_, _start, _length) = before;
            throw;
        }

        before._mapping.Dispose();
        _idle = 0;
    }

    // Whole pages; the whole where there would be little else. It never reaches beyond the data, which end with what waits at most.
    private (nuint Start, nuint Length) Around(nuint offset, nuint waits)
    {
        var length = MappingLength.OfPages(Math.Max(Least, Room * waits));
        if (length >= _capacity)
            return (0, 2 * _capacity);
        var page = (nuint)Environment.SystemPageSize;
        var start = offset / page * page;
        return (start, Math.Min(length + page, (2 * _capacity) - start));
    }

    // The consumer's page and the producer's stand before the data.
    private MemoryMapping Map() =>
        MemoryMapping.Create(_ring.Descriptor, _name, _length, Libc.ProtRead, (nint)(_start + (2 * (nuint)Environment.SystemPageSize)));
}
