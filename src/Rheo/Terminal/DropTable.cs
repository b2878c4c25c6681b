using System.Globalization;
using Rheo.Model.Drops;

namespace Rheo.Terminal;

/// <summary>Prints drops as rows for a person.</summary>
/// <param name="output">Where to.</param>
/// <param name="screen">What it can show.</param>
/// <param name="names">Names of interfaces and namespaces.</param>
/// <param name="explain">A sentence for each reason, below the rows.</param>
/// <param name="by">What a row stands for: that is never left out where there is no room.</param>
/// <param name="wide">All columns, however wide the screen is.</param>
/// <param name="follow">Rows come one by one: leave room for wider ones.</param>
public sealed class DropTable(
    TextWriter output, Screen screen, DropNames names, bool explain, DropGrouping by = DropGrouping.Place, bool wide = false, bool follow = false) : IDropWriter
{
    private const int FollowedFlow = 45; // 2001:db8::1 and IPv4 with ports

    private readonly Screen _screen = wide ? screen.Endless : screen;
    private readonly Table _table = new(Columns(by, follow));

    private readonly HashSet<string> _reasons = [];

    /// <inheritdoc/>
    public void Write(DropTotal drop)
    {
        _reasons.Add(drop.Reason);
        _table.Add(
            Units.Count(drop.Packets), Units.Bytes(drop.Bytes), drop.Reason, Text.Printable(drop.Place), Text.Printable(names.Interface(drop)),
            Text.Printable(names.Namespace(drop)), drop.Flow is { } flow ? $"{flow.Source} > {flow.Destination}" : "",
            drop.Owner is { } owner ? Text.Printable(owner.Name) + string.Create(CultureInfo.InvariantCulture, $"[{owner.Pid}]") : "");
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _table.Write(output, _screen);
        if (explain)
            Explain();
        _reasons.Clear();
        output.Flush();
    }

    private static Column[] Columns(DropGrouping by, bool follow) =>
    [
        new("PACKETS", Right: true, Least: follow ? "999.9k".Length : 0),
        new("BYTES", Right: true, Least: follow ? "1023 KiB".Length : 0),
        new("REASON", Least: follow ? "TCP_LISTEN_OVERFLOW".Length : 0),
        new("PLACE", Shrinks: true, Spare: by == DropGrouping.Process ? 4 : 0, Least: follow && by is DropGrouping.Place or DropGrouping.Flow ? "udp_queue_rcv_one_skb".Length : 0),
        new("INTERFACE", Spare: 1),
        new("NAMESPACE", Spare: 3),
        new("FLOW", Shrinks: true, Spare: by == DropGrouping.Flow ? 0 : 5, Least: follow && by == DropGrouping.Flow ? FollowedFlow : 0),
        new("PROCESS", Shrinks: true, Spare: by == DropGrouping.Flow ? 2 : 0),
    ];

    private void Explain()
    {
        foreach (var name in _reasons.Order(StringComparer.Ordinal))
        {
            var reason = DropReasons.Of(name);
            output.WriteLine();
            output.WriteLine(screen.Bold(name) + (reason.IsLoss ? "" : " (no loss)"));
            output.WriteLine($"  {reason.Meaning}");
            output.WriteLine($"  Look at: {reason.LookAt}");
        }
    }
}
