using System.IO.Pipelines;
using System.Text.Json;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>The answer of <c>/api/v1/flows</c>: when, how many there are in all, what was lost, and the conversations selected.</summary>
public sealed class FlowListJson(InterfaceNames interfaces)
{
    // Some 40 KB: as much as a connection's buffer takes.
    private const int Piece = 64;

    private readonly FlowJson _shape = new(interfaces);

    /// <summary>Writes the whole document in pieces, each when the reader has taken the one before.</summary>
    public async Task Write(
        PipeWriter output, long timeNs, int total, Ledger ledger, ReadOnlyMemory<Conversation> flows, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output);
        WriteHead(json, timeNs, total, ledger);
        for (; !flows.IsEmpty; flows = flows[Math.Min(Piece, flows.Length)..])
        {
            WriteSome(json, flows.Span[..Math.Min(Piece, flows.Length)]);
            json.Flush();
            if ((await output.FlushAsync(cancel)).IsCompleted)
                return;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, long timeNs, int total, Ledger ledger)
    {
        json.WriteStartObject();
        json.WriteString("time", Rfc3339.Format(timeNs));
        json.WriteNumber("total", total);
        json.WriteStartObject("lost");
        json.WriteNumber("packets", ledger.LostPackets);
        json.WriteNumber("bytes", ledger.LostBytes);
        json.WriteEndObject();
        json.WriteStartArray("flows");
    }

    private void WriteSome(Utf8JsonWriter json, ReadOnlySpan<Conversation> flows)
    {
        foreach (ref readonly var flow in flows)
            _shape.Write(json, flow, withRate: true);
    }
}
