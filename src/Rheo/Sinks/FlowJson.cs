using System.Globalization;
using System.Text.Json;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>A conversation as one JSON object: docs/flow.schema.json. The order of keys is part of the promise.</summary>
public sealed class FlowJson(InterfaceNames interfaces)
{
    private readonly List<string> _crossed = [];

    /// <summary>Writes the object. Threads: one at a time.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="flow">The conversation.</param>
    /// <param name="withRate">Whether to add its rates and its id, as the API does.</param>
    public void Write(Utf8JsonWriter json, in Conversation flow, bool withRate = false)
    {
        json.WriteStartObject();
        var hasPorts = Transport.HasPorts(flow.Protocol) && !flow.IsFragment;
        WriteEndpoint(json, "source", flow.Source, hasPorts, flow.SourceProcesses);
        WriteEndpoint(json, "destination", flow.Destination, hasPorts, flow.DestinationProcesses);
        WriteNetwork(json, flow);
        WritePair(json, "bytes", flow.Sent.Bytes, flow.Received.Bytes);
        WritePair(json, "packets", flow.Sent.Packets, flow.Received.Packets);
        WriteTransport(json, flow);
        WriteTime(json, "first_seen", flow.FirstSeenNs);
        WriteTime(json, "last_seen", flow.LastSeenNs);
        json.WriteString("initiator", Words.Of(flow.Initiator));
        if (flow.End != EndReason.None)
            json.WriteString("ended", Words.Of(flow.End));
        if (withRate)
        {
            WriteRate(json, flow.Rates);
            WriteId(json, flow.Id);
        }

        json.WriteEndObject();
    }

    private static void WriteEndpoint(
        Utf8JsonWriter json, string name, Endpoint endpoint, bool hasPort, IReadOnlyList<SocketProcess> processes)
    {
        json.WriteStartObject(name);
        WriteAddress(json, "address", endpoint.Address);
        if (hasPort)
            json.WriteNumber("port", endpoint.Port);
        ProcessJson.Write(json, processes);
        json.WriteEndObject();
    }

    private void WriteNetwork(Utf8JsonWriter json, in Conversation flow)
    {
        json.WriteStartObject("network");
        json.WriteString("transport", Words.TransportOf(flow));
        json.WriteString("type", Words.Of(flow.Network));
        json.WriteStartArray("interfaces");
        interfaces.Crossed(flow, _crossed);
        foreach (var name in _crossed)
            json.WriteStringValue(name);
        json.WriteEndArray();
        if (!flow.Tunnel.IsNone)
            WriteTunnel(json, flow.Tunnel);
        if (flow.Vlan != 0)
            json.WriteNumber("vlan", flow.Vlan);
        if (flow.InnerVlan != 0)
            json.WriteNumber("inner_vlan", flow.InnerVlan);
        if (flow.IsFragment)
            json.WriteBoolean("fragment", true);
        json.WriteEndObject();
    }

    private static void WriteTunnel(Utf8JsonWriter json, in Tunnel tunnel)
    {
        json.WriteStartObject("tunnel");
        json.WriteString("type", Words.Of(tunnel.Id.Kind));
        if (tunnel.Id.Kind != TunnelKind.IpIp)
            json.WriteNumber("id", tunnel.Id.Id);
        WriteAddress(json, "source", tunnel.OuterSource);
        WriteAddress(json, "destination", tunnel.OuterDestination);
        json.WriteEndObject();
    }

    private static void WriteTransport(Utf8JsonWriter json, in Conversation flow)
    {
        if (flow.Network == NetworkType.Arp || flow.IsFragment)
            return;
        if (flow.Protocol == Transport.Tcp)
            WriteTcp(json, flow);
        else if (flow.Protocol is Transport.Icmp or Transport.Icmp6)
            WriteIcmp(json, flow);
    }

    private static void WriteTcp(Utf8JsonWriter json, in Conversation flow)
    {
        json.WriteStartObject("tcp");
        json.WriteString("state", Words.Of(flow.TcpState));
        json.WriteStartArray("flags");
        foreach (var (flag, word) in Words.TcpFlagWords)
        {
            if (((flow.SentFlags | flow.ReceivedFlags) & flag) != 0)
                json.WriteStringValue(word);
        }

        json.WriteEndArray();
        if (flow.HandshakeRttNs is { } rtt)
            json.WriteNumber("handshake_rtt_us", rtt / 1000);
        json.WriteEndObject();
    }

    private static void WriteIcmp(Utf8JsonWriter json, in Conversation flow)
    {
        json.WriteStartObject("icmp");
        json.WriteNumber("type", flow.IcmpType);
        json.WriteNumber("code", flow.IcmpCode);
        json.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter json, in ConversationRates rates)
    {
        json.WriteStartObject("rate");
        json.WriteNumber("bytes_per_second_1s", Math.Round(rates.OneSecond.Bytes));
        json.WriteNumber("bytes_per_second_10s", Math.Round(rates.TenSeconds.Bytes));
        json.WriteNumber("bytes_per_second_60s", Math.Round(rates.OneMinute.Bytes));
        json.WriteEndObject();
    }

    // In words: a reader's numbers may end at 53 bits.
    private static void WriteId(Utf8JsonWriter json, long id)
    {
        Span<char> text = stackalloc char[16];
        if (!id.TryFormat(text, out var length, "x", CultureInfo.InvariantCulture))
            throw new InvalidOperationException("an id is longer than its longest form");
        json.WriteString("id", text[..length]);
    }

    private static void WritePair(Utf8JsonWriter json, string name, ulong sent, ulong received)
    {
        json.WriteStartObject(name);
        json.WriteNumber("sent", sent);
        json.WriteNumber("received", received);
        json.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter json, string name, Address address)
    {
        Span<char> text = stackalloc char[64];
        if (!address.TryFormat(text, out var length))
            throw new InvalidOperationException("an address is longer than its longest form");
        json.WriteString(name, text[..length]);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long unixNs)
    {
        Span<char> text = stackalloc char[Rfc3339.Length];
        Rfc3339.Format(unixNs, text);
        json.WriteString(name, text);
    }
}
