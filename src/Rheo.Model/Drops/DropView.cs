namespace Rheo.Model.Drops;

/// <summary>Drops up to a moment, and what came since another one.</summary>
public sealed class DropView(DropSnapshot snapshot)
{
    /// <summary>Before anything was dropped.</summary>
    public static readonly DropView Nothing = new(DropSnapshot.Empty);

    private readonly Dictionary<DropTotal, DropTotal> _flows = ByIdentity(snapshot.Flows);
    private readonly Dictionary<DropTotal, DropTotal> _places = ByIdentity(snapshot.Places);

    /// <summary>What came since, in rows of that kind, the most packets first.</summary>
    /// <param name="before">The moment before.</param>
    /// <param name="by">What a row stands for.</param>
    /// <param name="harmlessToo">Also what is no loss.</param>
    /// <param name="filter">Only of these flows; null: of all, and what is no flow.</param>
    public IEnumerable<DropTotal> Since(DropView before, DropGrouping by, bool harmlessToo, FlowFilter? filter = null)
    {
        var (now, then) = by is DropGrouping.Flow or DropGrouping.Process || filter is not null ? (_flows, before._flows) : (_places, before._places);
        var folded = Folded(now, then);
        var rows = now.Values.Where(row => harmlessToo || row.Meaning.IsLoss).Select(row => Less(row, then, folded)).Where(row => row.Packets > 0);
        if (filter is not null)
            rows = rows.Where(row => row.Passes(filter));
        if (by == DropGrouping.Flow)
            rows = rows.Where(row => row.Flow is { } flow && !IsBlank(flow));
        else
            rows = rows.GroupBy(row => Group(row, by)).Select(Sum);
        return rows.OrderByDescending(row => row.Packets).ThenBy(row => row.Reason, StringComparer.Ordinal);
    }

    /// <summary>Single packets, the oldest first.</summary>
    /// <param name="harmlessToo">Also those that nobody misses.</param>
    /// <param name="filter">Only of these flows; null: of all, and what is no flow.</param>
    public IEnumerable<DroppedPacket> Examples(bool harmlessToo, FlowFilter? filter = null) => snapshot.Examples
        .Where(example => harmlessToo || example.Packet.Meaning.IsLoss)
        .Where(example => filter is null || example.Packet.Passes(filter));

    // Of packets that are not IP there is no tuple to tell.
    private static bool IsBlank(in DroppedFlow flow) =>
        flow.Protocol == 0 && flow.Source == default && flow.Destination == default;

    // A flow that had lost its entry since counts from its new beginning.
    private static DropTotal Less(
        DropTotal row, Dictionary<DropTotal, DropTotal> then, Dictionary<DropTotal, (ulong Packets, ulong Bytes)> folded)
    {
        var identity = Identity(row);
        if (then.TryGetValue(identity, out var before) && before.Packets <= row.Packets)
            row = Less(row, before.Packets, before.Bytes);
        return folded.TryGetValue(identity, out var quiet) ? Less(row, quiet.Packets, quiet.Bytes) : row;
    }

    private static DropTotal Less(DropTotal row, ulong packets, ulong bytes) =>
        row with { Packets = row.Packets - Math.Min(row.Packets, packets), Bytes = row.Bytes - Math.Min(row.Bytes, bytes) };

    // Places that were added up since, for they had been quiet for long: what they had dropped is in the row of their reason and function now,
    // which has no interface, namespace and protocol, and is nothing new. One at which something was dropped after that begins anew.
    private static Dictionary<DropTotal, (ulong Packets, ulong Bytes)> Folded(
        Dictionary<DropTotal, DropTotal> now, Dictionary<DropTotal, DropTotal> then)
    {
        var folded = new Dictionary<DropTotal, (ulong Packets, ulong Bytes)>();
        foreach (var (identity, before) in then)
        {
            if (identity.Flow is not null || (now.TryGetValue(identity, out var row) && row.Packets >= before.Packets))
                continue;
            var home = identity with { Interface = 0, Namespace = 0, EtherType = 0 };
            var (packets, bytes) = folded.GetValueOrDefault(home);
            if (home != identity)
                folded[home] = (packets + before.Packets, bytes + before.Bytes);
        }

        return folded;
    }

    // The row that a drop belongs to, without its counts.
    private static DropTotal Group(DropTotal row, DropGrouping by) => by switch
    {
        DropGrouping.Place => row with { Flow = null, Owner = null, Packets = 0, Bytes = 0, LastSeenNs = 0 },
        DropGrouping.Process => new(row.Reason, "", 0, 0, 0, null, 0, 0, 0) { Owner = row.Owner },
        _ => new(row.Reason, "", 0, 0, 0, null, 0, 0, 0),
    };

    private static DropTotal Sum(IGrouping<DropTotal, DropTotal> rows) => rows.Aggregate(rows.Key, (sum, row) => sum with
    {
        Packets = sum.Packets + row.Packets,
        Bytes = sum.Bytes + row.Bytes,
        LastSeenNs = Math.Max(sum.LastSeenNs, row.LastSeenNs),
    });

    private static Dictionary<DropTotal, DropTotal> ByIdentity(IEnumerable<DropTotal> rows)
    {
        var found = new Dictionary<DropTotal, DropTotal>();
        foreach (var row in rows)
        {
            // Two addresses in one function are one place.
            found[Identity(row)] = found.TryGetValue(Identity(row), out var other)
                ? row with { Packets = row.Packets + other.Packets, Bytes = row.Bytes + other.Bytes, LastSeenNs = Math.Max(row.LastSeenNs, other.LastSeenNs) }
                : row;
        }

        return found;
    }

    // Who it belongs to and what the device is called may become known later.
    private static DropTotal Identity(DropTotal row) => row with { Packets = 0, Bytes = 0, LastSeenNs = 0, Owner = null, Device = "" };
}
