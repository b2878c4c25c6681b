using System.IO.Pipelines;
using System.Text.Json;
using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>The answer of <c>/api/v1/drops</c>: the rows that were asked for, what they lack, and single packets as examples.</summary>
public sealed class DropListJson(DropNames names)
{
    private const int Piece = 64;

    private readonly DropJson _shape = new(names);

    /// <summary>Writes the whole document in pieces, each when the reader has taken the one before.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="drops">All that was dropped; null: drops are not watched here.</param>
    /// <param name="rows">The rows selected of it.</param>
    /// <param name="cancel">The reader has gone.</param>
    public async Task Write(PipeWriter output, DropSnapshot? drops, IEnumerable<DropTotal> rows, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output);
        WriteHead(json, drops);
        foreach (var some in rows.Chunk(Piece))
        {
            foreach (var row in some)
                _shape.Write(json, row);
            json.Flush();
            if ((await output.FlushAsync(cancel)).IsCompleted)
                return;
        }

        json.WriteEndArray();
        WriteExamples(json, drops);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, DropSnapshot? drops)
    {
        var ledger = drops?.Ledger ?? default;
        json.WriteStartObject();
        json.WriteBoolean("watched", drops is not null);
        json.WriteNumber("lost", Sum(drops, isLoss: true));
        json.WriteNumber("let_go", Sum(drops, isLoss: false));
        json.WriteStartObject("ledger");
        json.WriteNumber("other_packets", ledger.OtherPackets);
        json.WriteNumber("other_bytes", ledger.OtherBytes);
        json.WriteNumber("lost_flows", ledger.LostFlows);
        json.WriteNumber("lost_examples", ledger.LostExamples);
        json.WriteNumber("unseen", ledger.Unseen);
        json.WriteEndObject();
        json.WriteStartArray("drops");
    }

    private static ulong Sum(DropSnapshot? drops, bool isLoss) =>
        (drops?.Places ?? []).Where(place => place.Meaning.IsLoss == isLoss).Aggregate(0UL, (sum, place) => sum + place.Packets);

    private void WriteExamples(Utf8JsonWriter json, DropSnapshot? drops)
    {
        json.WriteStartArray("examples");
        foreach (var example in drops?.Examples ?? [])
            _shape.Write(json, example.Packet);
        json.WriteEndArray();
    }
}
