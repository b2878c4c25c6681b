using System.Collections.Frozen;

namespace Rheo.Model.Drops;

/// <summary>
/// What the kernel's drop reasons mean. A reason that is not here, of a newer kernel, counts as a loss and is shown by its name.
/// Source: include/net/dropreason-core.h of Linux 6.18.
/// </summary>
public static partial class DropReasons
{
    private static readonly DropReason Unknown = new(
        true, "The kernel dropped the packet for a reason that this version of Rheo has no words for.",
        "include/net/dropreason-core.h of the running kernel, and the place.");

    private static readonly FrozenDictionary<string, DropReason> Known =
        Receiving.Concat(Tcp).Concat(Sending).Concat(NoLoss).ToFrozenDictionary(pair => pair.Name, pair => pair.Reason, StringComparer.Ordinal);

    /// <summary>The names that have words of their own.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The meaning of a reason, by its name without prefix.</summary>
    public static DropReason Of(string name) => Known.GetValueOrDefault(name, Unknown);

    private static (string Name, DropReason Reason) Loss(string name, string meaning, string lookAt) => (name, new(true, meaning, lookAt));

    private static (string Name, DropReason Reason) Harmless(string name, string meaning) =>
        (name, new(false, meaning, "Nothing: nobody misses the packet."));
}
