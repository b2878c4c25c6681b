using System.Buffers;
using System.Text.Json;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>The answer of <c>/api/v1/flows</c>: when, how many there are in all, what was lost, and the conversations selected.</summary>
public sealed class FlowListJson(InterfaceNames interfaces)
{
    private readonly FlowJson _shape = new(interfaces);

    /// <summary>Writes the whole document.</summary>
    public void Write(IBufferWriter<byte> output, long timeNs, int total, Ledger ledger, ReadOnlySpan<Conversation> flows)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("time", Rfc3339.Format(timeNs));
        json.WriteNumber("total", total);
        json.WriteStartObject("lost");
        json.WriteNumber("packets", ledger.LostPackets);
        json.WriteNumber("bytes", ledger.LostBytes);
        json.WriteEndObject();
        json.WriteStartArray("flows");
        foreach (ref readonly var flow in flows)
            _shape.Write(json, flow, withRate: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
