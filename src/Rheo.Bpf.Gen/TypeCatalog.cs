using Rheo.Bpf.Btf;

namespace Rheo.Bpf.Gen;

/// <summary>The C# names of C types; naming a struct or enum plans it, and everything that it holds, for output.</summary>
/// <param name="types">The object's types.</param>
/// <param name="skeleton">Name of the skeleton class, which holds the array types that .NET lacks.</param>
/// <param name="taken">C# names that are in use already.</param>
internal sealed class TypeCatalog(BtfTypes types, string skeleton, ISet<string> taken)
{
    // System.Runtime.CompilerServices has InlineArray2<T> to InlineArray16<T>.
    private const uint FrameworkArrays = 16;

    // The runtime refuses greater inline arrays, and no stack should hold a greater value.
    public const ulong MaxSize = 1 << 20;

    private readonly Dictionary<uint, string> _names = [];

    public List<StructPlan> Structs { get; } = [];

    public List<EnumPlan> Enums { get; } = [];

    /// <summary>Lengths of arrays for which .NET has no type.</summary>
    public SortedSet<uint> ArrayLengths { get; } = [];

    /// <summary>The C# type of a C type. An anonymous one is named after the place where it stands.</summary>
    public string NameOf(uint id, string place)
    {
        var type = types.Resolve(id);
        return type.Kind switch
        {
            BtfKind.Integer => Primitives.Integer(type),
            BtfKind.Float => Primitives.Float(type),
            BtfKind.Pointer => "ulong",
            BtfKind.Array => ArrayName(type, place),
            BtfKind.Struct or BtfKind.Union => StructName(id, place),
            BtfKind.Enum or BtfKind.Enum64 => EnumName(id, place),
            _ => throw new UnsupportedTypeException($"{type} has no value in C#"),
        };
    }

    /// <summary>Plans an enum as constants of a static class, so that they need no cast.</summary>
    public void AddConstants(uint id)
    {
        var type = types.Resolve(id);
        if (type.Kind is not (BtfKind.Enum or BtfKind.Enum64))
            throw new GenerationException(type.ToString(), "", "only an enum can be exported as constants");
        if (_names.TryAdd(type.Id, ""))
            _names[type.Id] = PlanEnum(type, DeclaredName(id, skeleton + "Constants"), isConstants: true);
    }

    /// <summary>Plans a section of globals as one struct. Variables too big for a C# value are left out and returned.</summary>
    public List<GlobalVariable> AddSection(GlobalSection section, string name)
    {
        var builder = new FieldBuilder(types, this, name, section.Name);
        var left = new List<GlobalVariable>();
        foreach (var variable in section.Variables)
        {
            if (variable.Offset > MaxSize || types.SizeOf(variable.TypeId) > MaxSize - variable.Offset)
                left.Add(variable);
            else
                builder.Add(variable.Name, variable.TypeId, variable.Offset);
        }

        var end = builder.Fields.Count == 0 ? 0 : builder.Fields.Max(field => field.Offset + field.Size);
        if (end > section.Size)
            throw new GenerationException(section.Name, "", $"its variables end at {end}, the section at {section.Size}");
        Structs.Add(new StructPlan(name, section.Name, left.Count == 0 ? section.Size : end, builder.Fields));
        return left;
    }

    private string ArrayName(BtfType array, string place)
    {
        var size = types.SizeOf(array.Id);
        if (size is 0 or > MaxSize)
            throw new UnsupportedTypeException($"an array of {size} bytes cannot be a C# value (1 to {MaxSize} can)");
        var element = NameOf(array.TypeId, place);
        if (array.Length is >= 2 and <= FrameworkArrays)
            return $"InlineArray{array.Length}<{element}>";
        ArrayLengths.Add(array.Length);
        return $"{skeleton}.InlineArray{array.Length}<{element}>";
    }

    private string StructName(uint id, string place)
    {
        var type = types.Resolve(id);
        if (_names.TryGetValue(type.Id, out var known))
            return known;
        var name = _names[type.Id] = Names.Unique(Names.Pascal(DeclaredName(id, place)), taken);
        if (type.Size is 0 || type.Size > MaxSize)
            throw new GenerationException(type.ToString(), "", $"{type.Size} bytes cannot be a C# value (1 to {MaxSize} can)");
        var builder = new FieldBuilder(types, this, name, CName(id, place));
        builder.AddMembers(type, 0);
        if (builder.Fields.FirstOrDefault(field => field.Offset + field.Size > type.Size) is { CName: { } outside })
            throw new GenerationException(type.ToString(), outside, "lies outside the struct");
        Structs.Add(new StructPlan(name, CName(id, place), type.Size, builder.Fields));
        return name;
    }

    private string EnumName(uint id, string place)
    {
        var type = types.Resolve(id);
        if (_names.TryGetValue(type.Id, out var known))
            return known;
        var isAnonymous = DeclaredName(id, "").Length == 0;
        var name = PlanEnum(type, DeclaredName(id, place), isAnonymous);
        return _names[type.Id] = isAnonymous ? Primitives.Enum(type) : name;
    }

    private string PlanEnum(BtfType type, string cName, bool isConstants)
    {
        if (type.Size is not (1 or 2 or 4 or 8))
            throw new GenerationException(type.ToString(), "", $"an enum of {type.Size} bytes has no C# type");
        var plan = EnumPlanner.Plan(type, Names.Unique(Names.Pascal(cName), taken), isConstants);
        Enums.Add(plan);
        return plan.Name;
    }

    private string CName(uint id, string place)
    {
        var type = types.Resolve(id);
        return type.Name.Length > 0 ? type.ToString() : DeclaredName(id, $"{type} of {place}");
    }

    /// <summary>The tag of a type, else the typedef closest to it, else the given name.</summary>
    private string DeclaredName(uint id, string otherwise)
    {
        var name = otherwise;
        var type = types[id];
        for (; type.IsModifier; type = types[type.TypeId])
        {
            if (type.Kind == BtfKind.Typedef)
                name = type.Name;
        }

        return type.Name.Length > 0 ? type.Name : name;
    }
}
