using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rheo.Model.Connections;

/// <summary>
/// Where both ends of a connection are on this machine: of those that are shown, each end's other one. Found by one look at all that live,
/// whose ports alone rule most of them out.
/// </summary>
internal sealed class OtherEnds
{
    private readonly Dictionary<(uint Space, Endpoint Local, Endpoint Remote), ConnectionEntry?> _ends = [];
    private readonly Dictionary<Endpoint, uint?> _spaces = [];
    private readonly bool[] _ports = new bool[ushort.MaxValue + 1]; // at which somebody's other end is

    /// <summary>Looks for the other ends.</summary>
    /// <param name="live">All that live.</param>
    /// <param name="shown">Those whose other ends are wanted.</param>
    public OtherEnds(IReadOnlyCollection<ConnectionEntry> live, IReadOnlyCollection<ConnectionEntry> shown)
    {
        foreach (var entry in shown)
            Want(in entry.Figures);
        if (shown.Count == 0)
            return;
        foreach (var entry in live)
        {
            if (_ports[entry.Figures.Local.Port])
                Note(entry);
        }
    }

    public ConnectionEntry? Of(ConnectionEntry entry) =>
        _ends.GetValueOrDefault((SpaceOf(in entry.Figures), entry.Figures.Remote, entry.Figures.Local));

    /// <summary>The namespace in which a connection's remote end is served on this machine; null: not here, or nobody knows.</summary>
    public uint? NamespaceOf(in ConnectionFigures figures) =>
        StaysInside(in figures) ? figures.Namespace : _spaces.GetValueOrDefault(figures.Remote);

    // The namespace that both ends are in, where their addresses say so: each has a loopback of its own. Else 0: they may be in any two.
    private static uint SpaceOf(in ConnectionFigures figures) => StaysInside(in figures) ? figures.Namespace : 0;

    // Of IPv6 there is one loopback address: both ends have it.
    private static bool StaysInside(in ConnectionFigures figures) =>
        figures.Local.Address == figures.Remote.Address || IsLoopback(figures.Local.Address) || IsLoopback(figures.Remote.Address);

    private static bool IsLoopback(Address address) => address.IsIPv4 && address.IPv4 >> 24 == 127;

    private void Want(in ConnectionFigures figures)
    {
        _ends[(SpaceOf(in figures), figures.Remote, figures.Local)] = null;
        _spaces[figures.Remote] = null;
        _ports[figures.Remote.Port] = true;
    }

    private void Note(ConnectionEntry entry)
    {
        ref readonly var figures = ref entry.Figures;
        ref var end = ref CollectionsMarshal.GetValueRefOrNullRef(_ends, (SpaceOf(in figures), figures.Local, figures.Remote));
        if (!Unsafe.IsNullRef(ref end))
            end = entry;
        if (figures.State == ConnectionState.SynSent)
            return;
        ref var space = ref CollectionsMarshal.GetValueRefOrNullRef(_spaces, figures.Local);
        if (!Unsafe.IsNullRef(ref space))
            space = figures.Namespace;
    }
}
