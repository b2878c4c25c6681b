using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>Says in words what is found at an interface's hooks.</summary>
internal static class HookFindings
{
    private const string Meaning = "what it drops or redirects is not counted";

    internal static Interference Detached(NetworkDevice device, TcDirection direction) =>
        new(Text.Printable(device.Name), InterferenceKind.Detached, $"{Where(device, direction)}: our program was detached by someone else");

    /// <summary>An XDP program sees every packet that comes in before traffic control does.</summary>
    internal static IEnumerable<Interference> Xdp(NetworkDevice device)
    {
        if (device.Xdp is not { } xdp)
            yield break;
        var name = LoadedProgram.NameOf(xdp.ProgramId) is { } known ? Text.Printable(known) + " " : "";
        yield return new(Text.Printable(device.Name), InterferenceKind.Xdp,
            $"{Text.Printable(device.Name)}: XDP program {name}(id {xdp.ProgramId}, {xdp.Mode.ToString().ToLowerInvariant()} mode) sees packets before us; {Meaning}");
    }

    /// <summary>Programs and filters before ours, and other Rheos wherever they stand.</summary>
    internal static IEnumerable<Interference> Others(
        NetworkDevice device, TcDirection direction, IReadOnlyList<TcHookEntry> entries, BpfProgram ours)
    {
        var isBefore = true;
        foreach (var entry in entries)
        {
            if (entry.ProgramId == (uint)ours.Id)
                isBefore = false;
            else if (FlowObjects.Owns(entry))
                yield return new(Text.Printable(device.Name), InterferenceKind.SecondAgent,
                    $"{Where(device, direction)}: another Rheo watches here too (program id {entry.ProgramId}); both count, at twice the cost");
            else if (isBefore)
                yield return new(Text.Printable(device.Name), KindOf(entry), $"{Where(device, direction)}: {Describe(entry)} sees packets before us; {Meaning}");
        }
    }

    private static InterferenceKind KindOf(TcHookEntry entry) =>
        entry.Mechanism == TcMechanism.Tcx ? InterferenceKind.TcxBefore : InterferenceKind.FilterBefore;

    internal static string Where(NetworkDevice device, TcDirection direction) =>
        $"{Text.Printable(device.Name)} {(direction == TcDirection.Ingress ? "ingress" : "egress")}";

    internal static string Describe(TcHookEntry entry)
    {
        var what = entry.Mechanism == TcMechanism.Tcx ? "tcx program" : "filter";
        return $"{what} {(entry.Name is { } name ? Text.Printable(name) : entry.Kind)} (id {entry.ProgramId})";
    }
}
