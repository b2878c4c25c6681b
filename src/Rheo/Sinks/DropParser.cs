using System.Globalization;
using System.Text.Json;
using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>Reads drops back from the answer of <c>/api/v1/drops</c>.</summary>
public static class DropParser
{
    /// <summary>Reads the answer: rows with a flow as flows, all others as places. Null: drops are not watched there.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static DropSnapshot? Read(JsonElement answer)
    {
        try
        {
            if (!answer.GetProperty("watched").GetBoolean())
                return null;
            var rows = answer.GetProperty("drops").EnumerateArray().Select(Row).ToList();
            return new DropSnapshot([.. rows.Where(row => row.Flow is null)], [.. rows.Where(row => row.Flow is not null)], Ledger(answer.GetProperty("ledger")))
            {
                Examples = [.. answer.GetProperty("examples").EnumerateArray().Select(Row).Select(row => new DroppedPacket(row.LastSeenNs, row, Uid: null))],
            };
        }
        catch (Exception nonsense) when (JsonReading.IsNonsense(nonsense))
        {
            throw new InvalidDataException($"it sends what are no drops: {nonsense.Message}", nonsense);
        }
    }

    private static DropLosses Ledger(JsonElement ledger) => new(
        ledger.Count("other_packets"), ledger.Count("other_bytes"), ledger.Count("lost_flows"), ledger.Count("unseen"), ledger.Count("lost_examples"));

    private static DropTotal Row(JsonElement row) => new(
        row.Text("reason"), row.Text("place"), checked((int)row.Small("interface_index")), row.Small("netns"), EtherType(row.Text("ether_type")), Flow(row),
        row.Count("packets"), row.Count("bytes"), row.Moment("last_seen"))
    {
        Device = row.Text("interface"),
        Owner = row.Processes() is [var first, ..] ? first : null,
    };

    private static ushort EtherType(string text) => text.Length == 0
        ? (ushort)0
        : ushort.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static DroppedFlow? Flow(JsonElement row) => row.TryGetProperty("source", out _)
        ? new DroppedFlow(row.End("source"), row.End("destination"), checked((byte)row.Small("protocol")), row.Count("socket"))
        : null;
}
