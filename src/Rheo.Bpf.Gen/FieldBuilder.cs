using Rheo.Bpf.Btf;

namespace Rheo.Bpf.Gen;

/// <summary>Lays out the fields of one struct. Members of anonymous structs and unions stand in their parent, as they do in C.</summary>
internal sealed class FieldBuilder(BtfTypes types, TypeCatalog catalog, string structName, string cName)
{
    // The greatest structs of the kernel have a few hundred; anonymous structs within one another could name the same member for ever.
    private const int MaxFields = 4096;

    /// <summary>Names that a field may not hide.</summary>
    public static readonly string[] Inherited =
        ["Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString", "Finalize"];

    private readonly HashSet<string> _taken = [.. Inherited, structName];

    public List<FieldPlan> Fields { get; } = [];

    public void AddMembers(BtfType type, ulong offset)
    {
        for (var index = 0; index < type.Count; index++)
            AddMember(type, type.Member(index), offset);
    }

    public void Add(string name, uint typeId, ulong offset)
    {
        if (Fields.Count == MaxFields)
            throw new GenerationException(cName, name, $"more than {MaxFields} fields");
        var size = types.SizeOf(typeId);
        if (size == 0)
            return;
        var field = Names.Unique(Names.Pascal(name), _taken);
        try
        {
            Fields.Add(new FieldPlan(
                field, name, catalog.NameOf(typeId, structName + field), CDeclaration.Of(types, typeId, name), Remark(typeId), offset, size));
        }
        catch (UnsupportedTypeException fault)
        {
            throw new GenerationException(cName, name, fault.Message);
        }
    }

    private void AddMember(BtfType owner, BtfMember member, ulong offset)
    {
        var type = types.Resolve(member.TypeId);
        if (member.BitSize != 0 || member.BitOffset % 8 != 0)
            throw new GenerationException(cName, member.Name, "a bit-field has no fixed place in C#; use a whole integer and masks");
        var at = offset + (member.BitOffset / 8);
        if (member.Name.Length == 0 && type.Kind is BtfKind.Struct or BtfKind.Union)
            AddMembers(type, at);
        else
            Add(member.Name.Length > 0 ? member.Name : $"{owner.Kind}{member.BitOffset}", member.TypeId, at);
    }

    private string Remark(uint typeId)
    {
        var id = typeId;
        for (var type = types[id]; type.IsModifier || type.Kind == BtfKind.Array; type = types[type.TypeId])
        {
            if (type.Kind == BtfKind.Typedef && type.Name is "__be16" or "__be32" or "__be64")
                return "network byte order";
        }

        return types.Resolve(typeId).Kind == BtfKind.Pointer ? "an address in the kernel" : "";
    }
}
