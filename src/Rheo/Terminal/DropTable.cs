using System.Globalization;
using Rheo.Model.Drops;

namespace Rheo.Terminal;

/// <summary>Prints drops as rows for a person.</summary>
/// <param name="output">Where to.</param>
/// <param name="screen">What it can show.</param>
/// <param name="names">Names of interfaces and namespaces.</param>
/// <param name="explain">A sentence for each reason, below the rows.</param>
public sealed class DropTable(TextWriter output, Screen screen, DropNames names, bool explain) : IDropWriter
{
    private readonly Table _table = new(
    [
        new("PACKETS", Right: true), new("BYTES", Right: true), new("REASON"), new("PLACE", Shrinks: true), new("INTERFACE", Spare: 1),
        new("NAMESPACE", Spare: 3), new("FLOW", Shrinks: true, Spare: 2),
        new("PROCESS", Shrinks: true),
    ]);

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
        _table.Write(output, screen);
        if (explain)
            Explain();
        _reasons.Clear();
        output.Flush();
    }

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
