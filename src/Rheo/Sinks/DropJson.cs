using System.Globalization;
using System.Text.Json;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>A row of drops as JSON: docs/drops.md has the keys.</summary>
internal sealed class DropJson(DropNames names)
{
    internal void Write(Utf8JsonWriter json, DropTotal drop)
    {
        json.WriteStartObject();
        json.WriteString("reason", drop.Reason);
        json.WriteBoolean("loss", drop.Meaning.IsLoss);
        if (drop.Place.Length > 0)
            json.WriteString("place", Text.Printable(drop.Place));
        if (names.Interface(drop) is { Length: > 0 } name)
            json.WriteString("interface", Text.Printable(name));
        if (drop.Interface != 0)
            json.WriteNumber("interface_index", drop.Interface);
        if (drop.Namespace != 0)
            json.WriteNumber("netns", drop.Namespace);
        if (names.Namespace(drop) is { Length: > 0 } space)
            json.WriteString("netns_name", Text.Printable(space));
        if (drop.EtherType != 0)
            json.WriteString("ether_type", "0x" + drop.EtherType.ToString("x4", CultureInfo.InvariantCulture));
        if (drop.Flow is { } flow)
            Write(json, flow);
        if (drop.Owner is { } owner)
            ProcessJson.Write(json, [owner]);
        json.WriteNumber("packets", drop.Packets);
        json.WriteNumber("bytes", drop.Bytes);
        json.WriteString("last_seen", Rfc3339.Format(drop.LastSeenNs));
        json.WriteString("meaning", drop.Meaning.Meaning);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in DroppedFlow flow)
    {
        Write(json, "source", flow.Source);
        Write(json, "destination", flow.Destination);
        if (flow.Protocol != 0)
            json.WriteNumber("protocol", flow.Protocol);
        if (flow.Socket != 0)
            json.WriteNumber("socket", flow.Socket);
    }

    private static void Write(Utf8JsonWriter json, string name, in Endpoint endpoint)
    {
        json.WriteStartObject(name);
        json.WriteString("address", endpoint.Address.ToString());
        if (endpoint.Port != 0)
            json.WriteNumber("port", endpoint.Port);
        json.WriteEndObject();
    }
}
