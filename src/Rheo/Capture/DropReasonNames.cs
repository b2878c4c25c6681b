using System.Globalization;

namespace Rheo.Capture;

/// <summary>What the running kernel calls its reasons, by number; as the loader has read it in the kernel's types.</summary>
/// <param name="facts">See <see cref="DropKernel.Facts"/>.</param>
internal sealed class DropReasonNames(IReadOnlyDictionary<string, string> facts)
{
    private const string Prefix = "SKB_DROP_REASON_";

    private readonly Dictionary<uint, string> _names = facts.ToDictionary(fact => uint.Parse(fact.Key, CultureInfo.InvariantCulture), fact => Short(fact.Value));

    /// <summary>The kernel gives reasons, since 5.17.</summary>
    internal bool GivesReasons => _names.Count > 0;

    /// <summary>The kernel's name of a reason, without its prefix; subsystems (mac80211, openvswitch) have numbers of their own.</summary>
    internal string Name(uint reason)
    {
        if (!GivesReasons)
            return "NOT_SPECIFIED";
        if (_names.TryGetValue(reason, out var name))
            return name;
        return reason > ushort.MaxValue ? $"SUBSYSTEM_{reason >> 16}_{reason & 0xffff}" : $"REASON_{reason}";
    }

    private static string Short(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
