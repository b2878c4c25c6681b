namespace Rheo.Model.Connections;

/// <summary>Where both ends of a connection are on this machine: each end's other one. Made when it is asked for, of all that lives.</summary>
internal sealed class OtherEnds(IReadOnlyCollection<ConnectionEntry> live)
{
    private readonly Lazy<Dictionary<(Endpoint Local, Endpoint Remote), ConnectionEntry>> _ends = new(() => Ends(live));
    private readonly Lazy<Dictionary<Endpoint, uint>> _spaces = new(() => Spaces(live));

    public ConnectionEntry? Of(ConnectionEntry entry) =>
        _ends.Value.GetValueOrDefault((entry.Figures.Remote, entry.Figures.Local));

    /// <summary>The namespace in which a connection's remote end is served on this machine; null: not here, or nobody knows.</summary>
    public uint? NamespaceOf(in ConnectionFigures figures)
    {
        if (IsLoopback(figures.Remote.Address) || figures.Local.Address == figures.Remote.Address)
            return figures.Namespace;
        return _spaces.Value.TryGetValue(figures.Remote, out var space) ? space : null;
    }

    private static bool IsLoopback(Address address) => address.IsIPv4 && address.IPv4 >> 24 == 127;

    private static Dictionary<(Endpoint Local, Endpoint Remote), ConnectionEntry> Ends(IReadOnlyCollection<ConnectionEntry> live)
    {
        var ends = new Dictionary<(Endpoint, Endpoint), ConnectionEntry>(live.Count);
        foreach (var entry in live)
            ends[(entry.Figures.Local, entry.Figures.Remote)] = entry;
        return ends;
    }

    private static Dictionary<Endpoint, uint> Spaces(IReadOnlyCollection<ConnectionEntry> live)
    {
        var spaces = new Dictionary<Endpoint, uint>(live.Count);
        foreach (var entry in live)
        {
            if (entry.Figures.State != ConnectionState.SynSent)
                spaces[entry.Figures.Local] = entry.Figures.Namespace;
        }

        return spaces;
    }
}
