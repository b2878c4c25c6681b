using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>The flow programs on one interface; disposing detaches them.</summary>
internal sealed class Attachment : IDisposable
{
    private readonly List<(TcLink Link, BpfProgram Program)> _links = [];
    private IReadOnlyList<Interference> _found = [];
    private (ulong, ulong, XdpAttachment?) _audited = (ulong.MaxValue, 0, null);
    private bool _asked;

    /// <summary>Nothing is attached yet.</summary>
    internal Attachment(NetworkDevice device) => Device = device;

    internal NetworkDevice Device { get; set; }

    /// <summary><c>eth0 (tcx)</c>.</summary>
    internal string Description => $"{Text.Printable(Device.Name)} ({(UsesTcx ? "tcx" : "cls_bpf")})";

    /// <summary>What a successor needs to take the links over.</summary>
    internal IEnumerable<InheritedLink> Links => _links.Select(pair => InheritedLink.Of(pair.Link));

    /// <summary>Ours are tcx programs, and not filters.</summary>
    internal bool UsesTcx => _links[0].Link.Mechanism == TcMechanism.Tcx;

    /// <summary>
    /// True once: a second program, for what goes out, is to follow. The first one sees what comes in, which for the host's end of a pair is
    /// what the container sends, so that its first word is the first to be counted. The loopback needs no second: each packet that left by it
    /// comes in again.
    /// </summary>
    internal bool TakeSecond() => !_asked && !Device.IsLoopback && (_asked = true);

    /// <summary>A program is attached.</summary>
    internal void Add(TcLink link, BpfProgram program) => _links.Add((link, program));

    /// <summary>What stands between the interface's packets and us is to be looked at.</summary>
    internal HookLook Look() => new(this, [.. _links], _audited);

    /// <summary>What stands there, now that it was looked at.</summary>
    internal IReadOnlyList<Interference> Take(HookLook look)
    {
        if (look.Found is not { } found)
            return _found;
        (_found, _audited) = (found, look.State);
        return _found;
    }

    /// <summary>Attaches again what somebody took away. Returns how many programs.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    internal int Reattach(FlowObjects objects)
    {
        var lost = _links.Where(pair => !pair.Link.IsAttached).ToList();
        foreach (var pair in lost)
        {
            var again = objects.Attach(pair.Program, Device.Index, pair.Link.Direction);
            _links[_links.IndexOf(pair)] = (again, pair.Program);
            pair.Link.Dispose();
        }

        _audited = (ulong.MaxValue, 0, null);
        return lost.Count;
    }

    public void Dispose()
    {
        foreach (var (link, _) in _links)
            link.Dispose();
        _links.Clear();
    }
}
