using Rheo.Cli;
using Rheo.Model.Drops;

namespace Rheo.Agent;

/// <summary>Drops up to a moment, and what came since another one. Pure.</summary>
internal sealed class DropView(DropSnapshot snapshot)
{
    /// <summary>Before anything was dropped.</summary>
    public static readonly DropView Nothing = new(new DropSnapshot([], [], default));

    private readonly Dictionary<DropTotal, DropTotal> _flows = ByIdentity(snapshot.Flows);
    private readonly Dictionary<DropTotal, DropTotal> _places = ByIdentity(snapshot.Places);

    /// <summary>What came since, in rows of that kind, the most packets first.</summary>
    public IEnumerable<DropTotal> Since(DropView before, DropGrouping by, bool harmlessToo)
    {
        var (now, then) = by == DropGrouping.Flow ? (_flows, before._flows) : (_places, before._places);
        var rows = now.Values.Where(row => harmlessToo || row.Meaning.IsLoss).Select(row => Less(row, then)).Where(row => row.Packets > 0);
        if (by == DropGrouping.Reason)
            rows = rows.GroupBy(row => row.Reason, StringComparer.Ordinal).Select(Sum);
        return rows.OrderByDescending(row => row.Packets).ThenBy(row => row.Reason, StringComparer.Ordinal);
    }

    // A flow that had lost its entry since counts from its new beginning.
    private static DropTotal Less(DropTotal row, Dictionary<DropTotal, DropTotal> then) =>
        then.TryGetValue(Identity(row), out var before) && before.Packets <= row.Packets
            ? row with { Packets = row.Packets - before.Packets, Bytes = row.Bytes - before.Bytes }
            : row;

    private static DropTotal Sum(IEnumerable<DropTotal> rows) => rows.Aggregate((sum, row) => new DropTotal(
        sum.Reason, "", 0, 0, 0, null, sum.Packets + row.Packets, sum.Bytes + row.Bytes, Math.Max(sum.LastSeenNs, row.LastSeenNs)))
        with
    { Place = "", Interface = 0, Namespace = 0, EtherType = 0 };

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

    private static DropTotal Identity(DropTotal row) => row with { Packets = 0, Bytes = 0, LastSeenNs = 0 };
}
