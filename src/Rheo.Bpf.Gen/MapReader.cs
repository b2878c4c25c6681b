using Rheo.Bpf.Btf;

namespace Rheo.Bpf.Gen;

/// <summary>Reads libbpf's way of declaring a map: a struct whose members carry numbers as array lengths and types as pointers.</summary>
/// <remarks><i>Source:</i> <c>parse_btf_map_def</c> in libbpf's <c>src/libbpf.c</c>.</remarks>
internal sealed class MapReader(BtfTypes types)
{
    public MapDefinition Read(GlobalVariable variable)
    {
        var definition = types.Resolve(variable.TypeId);
        if (definition.Kind != BtfKind.Struct)
            throw new GenerationException(variable.Name, "", "a map is declared as a struct with __uint and __type members");
        var map = new MapDefinition(variable.Name, default, 0, 0, 0);
        for (var index = 0; index < definition.Count; index++)
            map = With(map, definition.Member(index));
        return map;
    }

    private MapDefinition With(MapDefinition map, BtfMember member) => member.Name switch
    {
        "type" => map with { Type = (MapType)Number(map, member) },
        "map_flags" => map with { Flags = Number(map, member) },
        "key" => map with { KeyId = Target(map, member).TypeId },
        "value" => map with { ValueId = Target(map, member).TypeId },
        _ => map,
    };

    private uint Number(MapDefinition map, BtfMember member)
    {
        var array = types.Resolve(Target(map, member).TypeId);
        return array.Kind == BtfKind.Array ? array.Length : throw Strange(map, member);
    }

    private BtfType Target(MapDefinition map, BtfMember member)
    {
        var pointer = types.Resolve(member.TypeId);
        return pointer.Kind == BtfKind.Pointer ? pointer : throw Strange(map, member);
    }

    private static GenerationException Strange(MapDefinition map, BtfMember member) =>
        new($"map {map.Name}", member.Name, "declare it with __uint or __type of bpf_helpers.h");
}
