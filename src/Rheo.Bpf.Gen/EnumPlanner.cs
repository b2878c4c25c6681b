using System.Globalization;
using Rheo.Bpf.Btf;

namespace Rheo.Bpf.Gen;

/// <summary>Plans an enum: its members lose the prefix that all of them share.</summary>
internal static class EnumPlanner
{
    public static EnumPlan Plan(BtfType type, string name, bool isConstants)
    {
        var enumerators = Enumerable.Range(0, type.Count).Select(type.Enumerator).ToList();
        var prefix = Names.CommonPrefix(enumerators.ConvertAll(enumerator => enumerator.Name));

        // In a static class a member may not bear the class's name, nor hide what every class has.
        var taken = isConstants ? new HashSet<string>(FieldBuilder.Inherited) { name } : ["value__"];
        var members = enumerators.ConvertAll(enumerator => new EnumMemberPlan(
            Names.Unique(Names.Pascal(enumerator.Name[prefix.Length..]), taken), enumerator.Name, Value(type, enumerator)));
        return new EnumPlan(name, type.ToString(), Primitives.Enum(type), isConstants, members);
    }

    private static string Value(BtfType type, BtfEnumerator enumerator)
    {
        var bits = (int)type.Size * 8;
        if (type.Size == 8 && !type.Flag)
            return ((ulong)enumerator.Value).ToString(CultureInfo.InvariantCulture);
        var (low, high) = type.Flag ? (-1L << (bits - 1), ~(-1L << (bits - 1))) : (0, (1L << bits) - 1);
        if (enumerator.Value < low || enumerator.Value > high)
            throw new GenerationException(type.ToString(), enumerator.Name, $"{enumerator.Value} does not fit into {type.Size} bytes");
        return enumerator.Value.ToString(CultureInfo.InvariantCulture);
    }
}
