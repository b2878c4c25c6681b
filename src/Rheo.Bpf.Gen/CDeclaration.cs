using Rheo.Bpf.Btf;

namespace Rheo.Bpf.Gen;

/// <summary>Writes a declaration as C does: <c>__u8 saddr[16]</c>, <c>struct sock *sk</c>.</summary>
internal static class CDeclaration
{
    // A pointer may lead back to itself (a struct in a list does; hostile BTF without a struct between): stop somewhere.
    private const int MaxLength = 300;

    public static string Of(BtfTypes types, uint typeId, string name)
    {
        if (name.Length > MaxLength)
            return $"... {name}";
        var type = types[typeId];
        return type.Kind switch
        {
            BtfKind.Array => Of(types, type.TypeId, $"{name}[{type.Length}]"),
            BtfKind.Pointer when Target(types, type).Kind == BtfKind.FunctionPrototype => Of(types, Target(types, type).TypeId, $"(*{name})()"),
            BtfKind.Pointer when Target(types, type).Kind == BtfKind.Array => Of(types, type.TypeId, $"(*{name})"),
            BtfKind.Pointer => Of(types, type.TypeId, $"*{name}"),
            BtfKind.Const when types[type.TypeId].Kind == BtfKind.Pointer => Of(types, type.TypeId, $"const {name}"),
            BtfKind.Const => $"const {Of(types, type.TypeId, name)}",
            BtfKind.Volatile => $"volatile {Of(types, type.TypeId, name)}",
            BtfKind.Restrict or BtfKind.TypeTag => Of(types, type.TypeId, name),
            _ => $"{type} {name}",
        };
    }

    private static BtfType Target(BtfTypes types, BtfType pointer) => types.Resolve(pointer.TypeId);
}
