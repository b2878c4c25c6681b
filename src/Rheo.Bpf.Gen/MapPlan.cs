namespace Rheo.Bpf.Gen;

/// <summary>A map in the skeleton: a property and, for maps that are read from memory, a method that opens the reader.</summary>
internal sealed record MapPlan(string CName, string Property, string Type)
{
    public string Initializer { get; private init; } = "";

    public string OpenType { get; private init; } = "";

    public string OpenCall { get; private init; } = "";

    public string OpenRemark { get; private init; } = "";

    public static MapPlan Of(MapDefinition map, TypeCatalog catalog, ISet<string> taken)
    {
        var property = Names.Unique(Names.Pascal(map.Name), taken);
        var untyped = $"bpfObject.Map({Code.Literal(map.Name)})";
        var key = map.KeyId == 0 ? "" : TypeName(map, map.KeyId, "Key", catalog);
        var value = map.ValueId == 0 ? "" : TypeName(map, map.ValueId, "Value", catalog);
        var plan = TypedName(map.Type) is { } typed && key.Length > 0 && value.Length > 0
            ? new MapPlan(map.Name, property, $"{typed}<{key}, {value}>") { Initializer = $"new({untyped})" }
            : new MapPlan(map.Name, property, $"BpfMap") { Initializer = untyped };
        return plan.WithReader(map, value, $"_{untyped}");
    }

    private MapPlan WithReader(MapDefinition map, string value, string untyped)
    {
        if (map.Type == MapType.RingBuffer)
            return this with { OpenType = $"RingBuffer", OpenCall = $"new({untyped})", OpenRemark = "Opens a reader of the ring." };
        if (!map.IsMappedArray || value.Length == 0)
            return this;
        return this with
        {
            OpenType = $"MappedArray<{value}>",
            OpenCall = $"new({untyped})",
            OpenRemark = "Maps the array into memory, to be read in place.",
        };
    }

    private static string TypeName(MapDefinition map, uint id, string part, TypeCatalog catalog)
    {
        try
        {
            return catalog.NameOf(id, Names.Pascal(map.Name) + part);
        }
        catch (UnsupportedTypeException fault)
        {
            throw new GenerationException($"map {map.Name}", part.ToLowerInvariant(), fault.Message);
        }
    }

    private static string? TypedName(MapType type) => type switch
    {
        MapType.Hash or MapType.LruHash or MapType.LpmTrie or MapType.Array => "BpfMap",
        MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash => "PerCpuMap",
        _ => null,
    };
}
