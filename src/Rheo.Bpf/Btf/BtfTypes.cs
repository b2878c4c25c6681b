using System.Buffers.Binary;
using Rheo.Bpf.Elf;

namespace Rheo.Bpf.Btf;

/// <summary>The types of a BTF blob: the <c>.BTF</c> section of an object, or <c>/sys/kernel/btf/vmlinux</c>.</summary>
/// <remarks>
/// <i>Shape:</i> ids run from 0 (void) to <see cref="Count"/> - 1. <i>Errors:</i> <see cref="Parse"/> checks all of it, so that nothing later
/// can fail on a parsed blob but a programming mistake. <i>Threads:</i> immutable. <i>Cost:</i> a copy of the blob and 4 bytes a type;
/// names and members are decoded when asked for.
/// </remarks>
public sealed class BtfTypes
{
    private readonly byte[] _types;
    private readonly byte[] _strings;
    private readonly int[] _offsets;

    private BtfTypes(byte[] types, byte[] strings)
    {
        _types = types;
        _strings = strings;
        _offsets = BtfCheck.FindTypes(types);
        BtfCheck.Check(this);
    }

    /// <summary>Number of types, void included.</summary>
    public int Count => _offsets.Length;

    /// <summary>The type of an id.</summary>
    /// <remarks><i>Errors:</i> <see cref="ArgumentOutOfRangeException"/> for an id that is not below <see cref="Count"/>.</remarks>
    public BtfType this[uint id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, (uint)Count);
            return new BtfType(this, id, _offsets[id]);
        }
    }

    /// <summary>Reads and checks a little-endian BTF blob.</summary>
    /// <remarks><i>Errors:</i> <see cref="MalformedObjectException"/>, no other.</remarks>
    public static BtfTypes Parse(ReadOnlySpan<byte> blob)
    {
        var bytes = new CheckedBytes(blob, "BTF");
        if (bytes.U16(0) != 0xeb9f)
            throw new MalformedObjectException("not little-endian BTF: the magic number is missing");
        if (bytes.U8(2) != 1)
            throw new MalformedObjectException($"BTF version {bytes.U8(2)} is unknown");
        ulong header = bytes.U32(4);
        if (header < 24)
            throw new MalformedObjectException($"BTF header of {header} bytes is too short");
        var types = bytes.Slice(header + bytes.U32(8), bytes.U32(12));
        var strings = bytes.Slice(header + bytes.U32(16), bytes.U32(20));
        return new BtfTypes(types.ToArray(), strings.ToArray());
    }

    /// <summary>Finds the first type of a kind and name; false when there is none.</summary>
    public bool TryFind(BtfKind kind, string name, out BtfType type)
    {
        for (uint id = 1; id < Count; id++)
        {
            type = this[id];
            if (type.Kind == kind && type.Name == name)
                return true;
        }

        type = default;
        return false;
    }

    /// <summary>The type under typedefs, <c>const</c>, <c>volatile</c>, <c>restrict</c> and type tags.</summary>
    public BtfType Resolve(uint id)
    {
        var type = this[id];
        while (type.IsModifier)
            type = this[type.TypeId];
        return type;
    }

    /// <summary>Bytes that a value of the type takes; 0 for a flexible array.</summary>
    /// <remarks><i>Errors:</i> <see cref="MalformedObjectException"/> for a type that has no values (void, a function, a struct only declared).</remarks>
    public ulong SizeOf(uint id)
    {
        var type = Resolve(id);
        return type.Kind switch
        {
            BtfKind.Pointer => 8,
            BtfKind.Array => CheckedSize(SizeOf(type.TypeId), type.Length),
            BtfKind.Variable => SizeOf(type.TypeId),
            BtfKind.Void or BtfKind.Function or BtfKind.FunctionPrototype or BtfKind.Forward or BtfKind.DeclarationTag =>
                throw new MalformedObjectException($"BTF type {type.Id}, {type}, has no size"),
            _ => type.Size,
        };
    }

    internal uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_types.AsSpan(offset));

    internal string String(uint offset) => offset == 0 ? "" : new CheckedBytes(_strings, "BTF strings").String(offset);

    // Sizes are 32 bits in BTF; an array of arrays may claim more than there is memory, and its product must not wrap.
    private static ulong CheckedSize(ulong element, uint length)
    {
        if (length != 0 && element > uint.MaxValue / length)
            throw new MalformedObjectException($"BTF array of {length} elements of {element} bytes is too big");
        return element * length;
    }
}
