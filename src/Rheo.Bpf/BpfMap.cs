using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A map of an eBPF object, without the types of its keys and values: its shape, its descriptor, and sharing. Elements are read and
/// written by the typed views: <see cref="BpfMap{TKey,TValue}"/>, <see cref="PerCpuMap{TKey,TValue}"/>,
/// <see cref="MappedArray{T}"/> and <see cref="RingBuffer"/>.
/// </summary>
/// <remarks>Threads: set up with its object, on one thread; the descriptor may be used from any thread until the object is disposed of.</remarks>
public sealed partial class BpfMap
{
    private const uint MemoryMappable = 1 << 10; // BPF_F_MMAPABLE
    private readonly BpfObject? _owner; // null for a map that is known by a descriptor alone
    private readonly nint _pointer;
    private readonly int _descriptor = -1;
    private readonly MapInfo _info;

    internal BpfMap(BpfObject owner, nint pointer)
    {
        _owner = owner;
        _pointer = pointer;
        Name = NameOf(pointer);
    }

    /// <summary>The name in C, or the section's (<c>.bss</c>) for global variables.</summary>
    public string Name { get; }

    /// <summary>What kind of map it is.</summary>
    public MapType Type => (MapType)(_owner is null ? _info.Type : Libbpf.bpf_map__type(Pointer));

    /// <summary>Size of a key in bytes; 0 for rings.</summary>
    public int KeySize => (int)(_owner is null ? _info.KeySize : Libbpf.bpf_map__key_size(Pointer));

    /// <summary>Size of a value in bytes (of one CPU's value, for per-CPU maps); 0 for rings.</summary>
    public int ValueSize => (int)(_owner is null ? _info.ValueSize : Libbpf.bpf_map__value_size(Pointer));

    /// <summary>How many elements the map holds at most; for a ring, its size in bytes.</summary>
    /// <remarks>It can be set until the object is loaded. A ring's size becomes a power of two and a multiple of the page size.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="InvalidOperationException">The object is loaded already.</exception>
    public int MaxEntries
    {
        get => checked((int)(_owner is null ? _info.MaxEntries : Libbpf.bpf_map__max_entries(Pointer)));
        set => SetMaxEntries(value);
    }

    /// <summary>The creation flags (<c>BPF_F_*</c>), as the kernel has them.</summary>
    public uint Flags => _owner is null ? _info.Flags : Libbpf.bpf_map__map_flags(Pointer);

    /// <summary>True for a map with BPF_F_MMAPABLE, whose memory can be mapped.</summary>
    public bool IsMemoryMappable => (Flags & MemoryMappable) != 0;

    /// <summary>True for the map of a section of global variables.</summary>
    public bool IsSection => _owner is not null && Libbpf.bpf_map__is_internal(Pointer);

    /// <summary>The descriptor, owned by the object: valid from loading until the object is disposed of.</summary>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    public int FileDescriptor
    {
        get
        {
            var fd = _owner is null ? _descriptor : Libbpf.bpf_map__fd(Pointer);
            return fd >= 0 ? fd : throw new InvalidOperationException($"map {Name} has no descriptor before its object is loaded");
        }
    }

    private nint Pointer
    {
        get
        {
            // A map known by its descriptor is made already: it cannot be set up.
            if (_owner is null)
                throw new InvalidOperationException($"map {Name} belongs to no object that could still be set up");
            ObjectDisposedException.ThrowIf(_owner.IsClosed, _owner);
            return _pointer;
        }
    }

    /// <summary>Uses another map's kernel object instead of creating an own one, so that two objects share their elements.</summary>
    /// <remarks>Both maps must have the same type, key size and value size; the other's size is taken over. The other object may be
    /// disposed of afterwards: the kernel keeps a shared map as long as somebody uses it.</remarks>
    /// <param name="other">A map of a loaded object.</param>
    /// <exception cref="ArgumentException">The maps do not have the same shape.</exception>
    /// <exception cref="InvalidOperationException">This object is loaded already, or the other is not.</exception>
    /// <exception cref="BpfException">The kernel or libbpf refused.</exception>
    public void Reuse(BpfMap other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _owner?.ThrowIfLoadTried();
        if ((other.Type, other.KeySize, other.ValueSize) != (Type, KeySize, ValueSize))
            throw new ArgumentException($"map {Name} is {Shape} and cannot share {other.Name}, {other.Shape}", nameof(other));
        using var log = LibbpfLog.Collect();
        var result = Libbpf.bpf_map__reuse_fd(Pointer, other.FileDescriptor);
        if (result < 0)
            throw new BpfException("share map", Name, -result, log.Messages);
    }

    /// <summary>Describes the map for messages.</summary>
    public override string ToString() => $"{Name} ({Shape})";

    internal string Shape => $"{Type} with keys of {KeySize} and values of {ValueSize} bytes";

    internal unsafe byte* InitialValue(out nuint size)
    {
        nuint length = 0;
        var bytes = Libbpf.bpf_map__initial_value(Pointer, &length);
        size = length;
        return bytes;
    }

    // libbpf names the map of a section after object and section ("flow.bss"); we call it by the section alone.
    private static unsafe string NameOf(nint pointer)
    {
        var name = Utf8Name.Read(Libbpf.bpf_map__name(pointer));
        return Libbpf.bpf_map__is_internal(pointer) && name.LastIndexOf('.') is > 0 and var dot && name[0] != '.' ? name[dot..] : name;
    }

    private void SetMaxEntries(int entries)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(entries);
        _owner?.ThrowIfLoadTried();
        var result = Libbpf.bpf_map__set_max_entries(Pointer, (uint)entries);
        if (result < 0)
            throw new BpfException("set size of map", Name, -result);
    }
}
