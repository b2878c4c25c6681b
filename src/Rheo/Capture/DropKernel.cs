using System.Globalization;
using Rheo.Bpf;
using Rheo.Bpf.Btf;

namespace Rheo.Capture;

/// <summary>What the running kernel's types say of its drops: the names of the reasons, and what the tracepoint tells.</summary>
internal sealed class DropKernel
{
    private const string TypesPath = "/sys/kernel/btf/vmlinux";

    // The first argument of a tracepoint's prototype is the program's own data.
    private const int SkbAndLocation = 3;

    private readonly Dictionary<uint, string> _reasons = [];

    private DropKernel(BtfTypes types)
    {
        if (types.TryFind(BtfKind.Enum, "skb_drop_reason", out var reasons))
        {
            for (var at = 0; at < reasons.Count; at++)
                _reasons[(uint)reasons.Enumerator(at).Value] = reasons.Enumerator(at).Name;
        }

        var arguments = Arguments(types);
        HasReason = arguments > SkbAndLocation && _reasons.Count > 0;
        HasSocket = arguments > SkbAndLocation + 1;
        NamesPlaces = HasHelper(types, "BPF_FUNC_snprintf");
        ConsumedReason = Reason("SKB_CONSUMED");
        OverheardReason = Reason("SKB_DROP_REASON_OTHERHOST");
        PurgedReason = Reason("SKB_DROP_REASON_QUEUE_PURGE");
    }

    /// <summary>The tracepoint tells the reason, since 5.17.</summary>
    internal bool HasReason { get; }

    /// <summary>It tells the receiving socket, since 6.11.</summary>
    internal bool HasSocket { get; }

    /// <summary>A program can write the name of a function, since 5.13; and walk over sockets, since 5.12.</summary>
    internal bool NamesPlaces { get; }

    /// <summary>The greatest reason that is none.</summary>
    internal uint ConsumedReason { get; }

    /// <summary>The reason of frames for another host; 0: none is told.</summary>
    internal uint OverheardReason { get; }

    /// <summary>The reason of what a socket that was closed had not read; 0: none is told.</summary>
    internal uint PurgedReason { get; }

    /// <exception cref="MissingSupportException">The kernel does not publish its types.</exception>
    internal static DropKernel Read()
    {
        try
        {
            return new DropKernel(BtfTypes.Parse(File.ReadAllBytes(TypesPath)));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or MalformedObjectException)
        {
            throw new MissingSupportException($"{TypesPath} cannot be read, and drops are named by it: {missing.Message}", missing);
        }
    }

    /// <summary>The reasons' names by their numbers, for <see cref="DropReasonNames"/>; none where the tracepoint tells no reason.</summary>
    internal IReadOnlyDictionary<string, string> Facts => HasReason
        ? _reasons.ToDictionary(reason => reason.Key.ToString(CultureInfo.InvariantCulture), reason => reason.Value)
        : new Dictionary<string, string>();

    private uint Reason(string name) => _reasons.FirstOrDefault(reason => reason.Value == name).Key;

    private static bool HasHelper(BtfTypes types, string name)
    {
        if (!types.TryFind(BtfKind.Enum, "bpf_func_id", out var helpers))
            return false;
        for (var at = 0; at < helpers.Count; at++)
        {
            if (helpers.Enumerator(at).Name == name)
                return true;
        }

        return false;
    }

    private static int Arguments(BtfTypes types)
    {
        if (!types.TryFind(BtfKind.Typedef, "btf_trace_kfree_skb", out var tracepoint))
            return 0;
        var pointer = types.Resolve(tracepoint.TypeId);
        return types.Resolve(pointer.TypeId).Count;
    }
}
