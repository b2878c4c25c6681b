using System.Runtime.CompilerServices;

namespace Rheo.Bpf.Btf;

/// <summary>One type of a <see cref="BtfTypes"/>: a view that decodes when asked.</summary>
/// <remarks>
/// <i>Errors:</i> asking a kind for what it has not is a programming mistake (<see cref="InvalidOperationException"/>);
/// the data itself was checked by <see cref="BtfTypes.Parse"/>. <i>Threads:</i> any.
/// </remarks>
public readonly struct BtfType
{
    private readonly BtfTypes _types;
    private readonly int _offset;
    private readonly uint _name;
    private readonly uint _info;
    private readonly uint _sizeOrType;

    internal BtfType(BtfTypes types, uint id, int offset)
    {
        (_types, Id, _offset) = (types, id, offset);
        if (id != 0)
            (_name, _info, _sizeOrType) = (Word(0), Word(4), Word(8));
    }

    /// <summary>The type's number; 0 is void.</summary>
    public uint Id { get; }

    /// <summary>What kind of type it is.</summary>
    public BtfKind Kind => (BtfKind)((_info >> 24) & 31);

    /// <summary>Its name; empty for anonymous types. The text of a tag.</summary>
    public string Name => Id == 0 ? "void" : _types.String(_name);

    /// <summary>Number of members, enumerators, parameters or section variables.</summary>
    public int Count => (int)(_info & 0xffff);

    /// <summary>The kind's flag: signed for enums, bit-field encoding for structs, union for forwards.</summary>
    public bool Flag => _info >> 31 != 0;

    /// <summary>Whether it only renames or qualifies another type: a typedef, <c>const</c>, <c>volatile</c>, <c>restrict</c> or type tag.</summary>
    public bool IsModifier => Kind is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag;

    /// <summary>Bytes, as declared, of an integer, float, struct, union, enum or data section.</summary>
    public uint Size => Kind is BtfKind.Integer or BtfKind.Float or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64
        or BtfKind.DataSection ? _sizeOrType : throw Mistake();

    /// <summary>The type referred to by a pointer, typedef, modifier, function, prototype (result), variable or tag, or the array's element.</summary>
    public uint TypeId => Kind switch
    {
        BtfKind.Array => Word(12),
        BtfKind.Pointer or BtfKind.Typedef or BtfKind.Volatile or BtfKind.Const or BtfKind.Restrict or BtfKind.Function
            or BtfKind.FunctionPrototype or BtfKind.Variable or BtfKind.DeclarationTag or BtfKind.TypeTag => _sizeOrType,
        _ => throw Mistake(),
    };

    /// <summary>Number of elements of an array; 0 for a flexible one.</summary>
    public uint Length => Kind == BtfKind.Array ? Word(20) : throw Mistake();

    /// <summary>How an integer is encoded.</summary>
    public BtfInteger Integer
    {
        get
        {
            var word = Kind == BtfKind.Integer ? Word(12) : throw Mistake();
            var encoding = (word >> 24) & 15;
            return new BtfInteger((encoding & 1) != 0, (encoding & 2) != 0, (encoding & 4) != 0, (byte)(word >> 16), (byte)word);
        }
    }

    /// <summary>Who can see a variable or function.</summary>
    public BtfLinkage Linkage => Kind switch
    {
        BtfKind.Variable => (BtfLinkage)Word(12),
        BtfKind.Function => (BtfLinkage)(_info & 0xffff),
        _ => throw Mistake(),
    };

    /// <summary>Index of the member or parameter that a declaration tag is attached to; -1 for the declaration itself.</summary>
    public int ComponentIndex => Kind == BtfKind.DeclarationTag ? (int)Word(12) : throw Mistake();

    /// <summary>A member of a struct or union, in the order of declaration.</summary>
    public BtfMember Member(int index)
    {
        var at = Element(index, 12, Kind is BtfKind.Struct or BtfKind.Union);
        var offset = Word(at + 8);
        return Flag
            ? new BtfMember(_types.String(Word(at)), Word(at + 4), offset & 0xffffff, (byte)(offset >> 24))
            : new BtfMember(_types.String(Word(at)), Word(at + 4), offset, 0);
    }

    /// <summary>A named value of an enum of either width.</summary>
    public BtfEnumerator Enumerator(int index)
    {
        var wide = Kind == BtfKind.Enum64;
        var at = Element(index, wide ? 12 : 8, wide || Kind == BtfKind.Enum);
        long value = Word(at + 4);
        if (wide)
            value |= (long)Word(at + 8) << 32;
        else if (Flag)
            value = (int)value;
        return new BtfEnumerator(_types.String(Word(at)), value);
    }

    /// <summary>A parameter of a function prototype.</summary>
    public BtfParameter Parameter(int index)
    {
        var at = Element(index, 8, Kind == BtfKind.FunctionPrototype);
        return new BtfParameter(_types.String(Word(at)), Word(at + 4));
    }

    /// <summary>A variable of a data section.</summary>
    public BtfSectionVariable SectionVariable(int index)
    {
        var at = Element(index, 12, Kind == BtfKind.DataSection);
        return new BtfSectionVariable(Word(at), Word(at + 4), Word(at + 8));
    }

    /// <summary>The C declaration in short: <c>struct flow_key</c>, <c>enum (anonymous)</c>, <c>__u32</c>.</summary>
    public override string ToString()
    {
        var name = Name.Length == 0 ? "(anonymous)" : Name;
        return Kind switch
        {
            BtfKind.Struct => $"struct {name}",
            BtfKind.Union => $"union {name}",
            BtfKind.Enum or BtfKind.Enum64 => $"enum {name}",
            BtfKind.Forward => Flag ? $"union {name}" : $"struct {name}",
            BtfKind.Pointer => "pointer",
            BtfKind.Array => "array",
            _ => name,
        };
    }

    private uint Word(int at) => _types.Word(_offset + at);

    private int Element(int index, int size, bool fits)
    {
        if (!fits)
            throw Mistake();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        return 12 + (index * size);
    }

    private InvalidOperationException Mistake([CallerMemberName] string what = "") => new($"a BTF {Kind} has no {what}");
}
