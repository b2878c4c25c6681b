using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// A look at what stands between one interface's packets and us. Threads: made by the one that attaches; <see cref="Read"/> on any, since
/// each question waits for the lock of all devices; what it saw is for the first one again.
/// </summary>
/// <param name="attachment">What is attached there.</param>
/// <param name="links">The same as it is now: another hook may be added while this looks.</param>
/// <param name="before">What <see cref="State"/> was at the look before; where it is the same, nothing is asked in full.</param>
internal sealed class HookLook(Attachment attachment, (TcLink Link, BpfProgram Program)[] links, (ulong, ulong, XdpAttachment?) before)
{
    /// <summary>Whose hooks.</summary>
    internal Attachment Attachment => attachment;

    /// <summary>How often the programs at tcx have changed, and the program at XDP: at tcx nothing changes without these.</summary>
    internal (ulong Ingress, ulong Egress, XdpAttachment? Xdp) State { get; private set; }

    /// <summary>What was found; null: nothing has changed, or the interface goes at this moment.</summary>
    internal IReadOnlyList<Interference>? Found { get; private set; }

    /// <summary>Looks. Cost: two system calls, and as many again where something has changed.</summary>
    /// <param name="now">The interface as it was read just now.</param>
    /// <param name="hasFilters">It has a place for filters.</param>
    internal void Read(NetworkDevice now, bool hasFilters)
    {
        State = (TcHook.RevisionOf(now.Index, TcDirection.Ingress), TcHook.RevisionOf(now.Index, TcDirection.Egress), now.Xdp);
        try
        {
            // Where we are a filter ourselves only a look at the filters tells; at tcx they all come after us.
            if (State != before || links.Any(pair => pair.Link.Mechanism != TcMechanism.Tcx))
                Found = [.. HookFindings.Xdp(now), .. links.SelectMany(pair => Findings(now, pair.Link, pair.Program, hasFilters))];
            if (Found is { } found && found.Any(one => one.Kind == InterferenceKind.Detached) && NetworkDevices.Find(now.Index) is null)
                Found = null;
        }
        catch (BpfException)
        {
            // The interface goes at this moment; the watch tells.
        }
    }

    private static IEnumerable<Interference> Findings(NetworkDevice now, TcLink link, BpfProgram ours, bool hasFilters)
    {
        if (link.Mechanism != TcMechanism.Tcx && !(hasFilters && link.IsAttached))
            return [HookFindings.Detached(now, link.Direction)];
        var entries = TcHook.Query(now.Index, link.Direction).Entries;
        return link.Mechanism == TcMechanism.Tcx && !entries.Any(entry => entry.ProgramId == (uint)ours.Id)
            ? [HookFindings.Detached(now, link.Direction)]
            : HookFindings.Others(now, link.Direction, entries, ours);
    }
}
