using Rheo.Bpf.Elf;

namespace Rheo.Bpf.Btf;

/// <summary>Finds where each type lies in the type section, and checks everything that a type refers to.</summary>
internal sealed class BtfCheck
{
    // Deeper than any C program nests by value (the kernel's own types stay below 40), shallow enough for any stack.
    private const int MaxDepth = 128;
    private const byte InProgress = 255;

    private readonly BtfTypes _types;
    private readonly byte[] _heights;

    private BtfCheck(BtfTypes types)
    {
        _types = types;
        _heights = new byte[types.Count];
    }

    /// <summary>The offset of each type; entry 0 stands for void.</summary>
    public static int[] FindTypes(ReadOnlySpan<byte> types)
    {
        var bytes = new CheckedBytes(types, "BTF types");
        var offsets = new List<int> { 0 };
        for (ulong at = 0; at < (ulong)bytes.Length;)
        {
            offsets.Add((int)at);
            var length = 12 + ExtraBytes(bytes.U32(at + 4));
            bytes.Slice(at, length);
            at += length;
        }

        return [.. offsets];
    }

    /// <summary>Every id exists, every name is a string, and no type holds itself by value.</summary>
    public static void Check(BtfTypes types)
    {
        var check = new BtfCheck(types);
        for (uint id = 1; id < types.Count; id++)
            check.CheckReferences(types[id]);
        for (uint id = 1; id < types.Count; id++)
            check.Height(id, 0);
    }

    private static ulong ExtraBytes(uint info)
    {
        var kind = (BtfKind)((info >> 24) & 31);
        var count = info & 0xffff;
        return kind switch
        {
            BtfKind.Integer or BtfKind.Variable or BtfKind.DeclarationTag => 4,
            BtfKind.Array => 12,
            BtfKind.Struct or BtfKind.Union or BtfKind.DataSection or BtfKind.Enum64 => count * 12,
            BtfKind.Enum or BtfKind.FunctionPrototype => count * 8,
            BtfKind.Void or > BtfKind.Enum64 => throw new MalformedObjectException($"BTF kind {(int)kind} is unknown"),
            _ => 0,
        };
    }

    private static bool HoldsByValue(BtfType type) => type.IsModifier
        || type.Kind is BtfKind.Array or BtfKind.Struct or BtfKind.Union or BtfKind.Variable or BtfKind.DataSection;

    private void CheckReferences(BtfType type)
    {
        _ = type.Name;
        switch (type.Kind)
        {
            case BtfKind.Integer or BtfKind.Float or BtfKind.Forward:
                break;
            case BtfKind.Enum or BtfKind.Enum64:
                for (var index = 0; index < type.Count; index++)
                    type.Enumerator(index);
                break;
            default:
                for (var index = 0; index < ReferenceCount(type); index++)
                    CheckId(type, Reference(type, index));
                break;
        }
    }

    private void CheckId(BtfType type, uint id)
    {
        if (id >= _types.Count)
            throw new MalformedObjectException($"BTF type {type.Id} ({type.Kind}) refers to type {id} of {_types.Count}");
    }

    /// <summary>How deep types nest by value from this one; each type is walked once.</summary>
    private int Height(uint id, int depth)
    {
        if (_heights[id] == InProgress || depth > MaxDepth)
            throw new MalformedObjectException($"BTF type {id} holds itself, or nests more than {MaxDepth} deep");
        if (_heights[id] != 0)
            return _heights[id];
        var type = _types[id];
        if (!HoldsByValue(type))
            return _heights[id] = 1;
        _heights[id] = InProgress;
        var height = 0;
        for (var index = 0; index < ReferenceCount(type); index++)
            height = Math.Max(height, Height(Reference(type, index), depth + 1));
        if (height >= MaxDepth)
            throw new MalformedObjectException($"BTF type {id} nests more than {MaxDepth} deep");
        return _heights[id] = (byte)(height + 1);
    }

    private static int ReferenceCount(BtfType type) =>
        type.Kind is BtfKind.Struct or BtfKind.Union or BtfKind.DataSection ? type.Count
        : type.Kind == BtfKind.FunctionPrototype ? type.Count + 1
        : 1;

    private static uint Reference(BtfType type, int index) => type.Kind switch
    {
        BtfKind.Struct or BtfKind.Union => type.Member(index).TypeId,
        BtfKind.DataSection => type.SectionVariable(index).TypeId,
        BtfKind.FunctionPrototype when index < type.Count => type.Parameter(index).TypeId,
        _ => type.TypeId,
    };
}
