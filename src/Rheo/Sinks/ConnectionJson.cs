using System.Text.Json;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>A connection, or a listener, as one JSON object: docs/conns.md has the keys. Their order is part of the promise.</summary>
public static class ConnectionJson
{
    /// <summary>Writes a connection.</summary>
    public static void Write(Utf8JsonWriter json, Connection connection)
    {
        var figures = connection.Figures;
        json.WriteStartObject();
        WriteLocal(json, figures.Local, connection.Processes);
        WriteEnd(json, "remote", figures.Remote);
        json.WriteString("role", ConnectionWords.Of(connection.Role));
        json.WriteString("state", ConnectionWords.Of(figures.State));
        WriteTime(json, "state_since", figures.StateSinceNs);
        WriteTime(json, "opened", figures.OpenedNs);
        if (connection.ConnectNs is { } connect)
            json.WriteNumber("connect_us", connect / 1000);
        json.WriteNumber("netns", figures.Namespace);
        json.WriteNumber("cookie", figures.Cookie);
        WriteRoundTrip(json, figures, connection.MedianRttNs);
        WriteSending(json, figures);
        WriteVolume(json, figures, connection.DuplicateAcks);
        Write(json, figures.Retransmits, figures.Retransmitted);
        WriteWindows(json, connection);
        WriteLimits(json, figures);
        WriteResets(json, figures);
        json.WriteString("last_seen", Rfc3339.Format(figures.TimeNs));
        if (connection.IsEnded)
            json.WriteString("ended", ConnectionWords.Of(figures.End));
        if (connection.Verdict.Party != BlameParty.None)
            WriteVerdict(json, connection.Verdict);
        json.WriteEndObject();
    }

    /// <summary>Writes a listener.</summary>
    public static void Write(Utf8JsonWriter json, ListenQueue queue)
    {
        json.WriteStartObject();
        WriteLocal(json, queue.Local, queue.Processes);
        json.WriteString("state", ConnectionWords.Of(ConnectionState.Listen));
        json.WriteNumber("netns", queue.Namespace);
        json.WriteNumber("cookie", queue.Cookie);
        json.WriteStartObject("queue");
        json.WriteNumber("length", queue.Length);
        json.WriteNumber("limit", queue.Limit);
        json.WriteNumber("half_open", queue.HalfOpen);
        json.WriteNumber("drops", queue.Drops);
        json.WriteNumber("syn_ack_retransmits", queue.SynAckRetransmits);
        json.WriteEndObject();
        json.WriteString("last_seen", Rfc3339.Format(queue.TimeNs));
        json.WriteEndObject();
    }

    /// <summary>Writes segments sent again, by cause.</summary>
    internal static void Write(Utf8JsonWriter json, in RetransmitCounts again, ulong total)
    {
        json.WriteStartObject("retransmits");
        json.WriteNumber("total", total);
        json.WriteNumber("timeout", again.Timeout);
        json.WriteNumber("fast", again.Fast);
        json.WriteNumber("probe", again.Probe);
        json.WriteNumber("syn", again.Syn);
        json.WriteNumber("syn_ack", again.SynAck);
        json.WriteEndObject();
    }

    private static void WriteRoundTrip(Utf8JsonWriter json, in ConnectionFigures figures, long medianNs)
    {
        json.WriteStartObject("rtt");
        if (figures.RttNs > 0)
        {
            json.WriteNumber("smoothed_us", figures.RttNs / 1000);
            json.WriteNumber("variance_us", figures.RttVarianceNs / 1000);
        }

        if (medianNs > 0)
            json.WriteNumber("median_us", medianNs / 1000);

        if (figures.LeastRttNs > 0)
            json.WriteNumber("least_us", figures.LeastRttNs / 1000);
        json.WriteNumber("timeout_us", figures.TimeoutNs / 1000);
        json.WriteEndObject();
    }

    private static void WriteSending(Utf8JsonWriter json, in ConnectionFigures figures)
    {
        json.WriteNumber("cwnd", figures.CongestionWindow);
        if (figures.SlowStartThreshold is { } threshold)
            json.WriteNumber("ssthresh", threshold);
        json.WriteNumber("mss", figures.SegmentSize);
        json.WriteNumber("delivery_rate", Math.Round(figures.DeliveryRate));
    }

    private static void WriteVolume(Utf8JsonWriter json, in ConnectionFigures figures, uint? duplicateAcks)
    {
        json.WriteStartObject("bytes");
        json.WriteNumber("sent", figures.BytesSent);
        json.WriteNumber("acked", figures.BytesAcked);
        json.WriteNumber("received", figures.BytesReceived);
        json.WriteNumber("retransmitted", figures.BytesRetransmitted);
        json.WriteEndObject();
        json.WriteStartObject("segments");
        json.WriteNumber("sent", figures.SegmentsSent);
        json.WriteNumber("received", figures.SegmentsReceived);
        json.WriteNumber("data_sent", figures.DataSegmentsSent);
        json.WriteNumber("data_received", figures.DataSegmentsReceived);
        json.WriteNumber("out_of_order", figures.OutOfOrder);
        json.WriteNumber("duplicates", figures.Duplicates);
        if (duplicateAcks is { } acks)
            json.WriteNumber("duplicate_acks", acks);
        json.WriteEndObject();
    }

    private static void WriteWindows(Utf8JsonWriter json, Connection connection)
    {
        var figures = connection.Figures;
        json.WriteStartObject("window");
        json.WriteNumber("send", figures.SendWindow);
        json.WriteNumber("receive", figures.ReceiveWindow);
        json.WriteNumber("send_closed_us", connection.SendWindowClosedNs / 1000);
        json.WriteNumber("receive_closed_us", connection.ReceiveWindowClosedNs / 1000);
        json.WriteEndObject();
        json.WriteStartObject("queue");
        json.WriteNumber("unread", figures.Unread);
        json.WriteNumber("unacked", figures.Unacked);
        json.WriteNumber("unsent", figures.Unsent);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, in ConnectionFigures figures)
    {
        json.WriteNumber("busy_us", figures.BusyNs / 1000);
        json.WriteStartObject("limited_us");
        json.WriteNumber("receiver", figures.ReceiverLimitedNs / 1000);
        json.WriteNumber("buffer", figures.BufferLimitedNs / 1000);
        json.WriteEndObject();
    }

    private static void WriteResets(Utf8JsonWriter json, in ConnectionFigures figures)
    {
        json.WriteStartObject("resets");
        json.WriteNumber("sent", figures.ResetsSent);
        json.WriteNumber("received", figures.ResetsReceived);
        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, in Verdict verdict)
    {
        json.WriteStartObject("verdict");
        json.WriteString("party", ConnectionWords.Of(verdict.Party));
        json.WriteString("reason", ConnectionWords.Of(verdict.Reason));
        if (verdict.Count > 0)
            json.WriteNumber("count", verdict.Count);
        if (verdict.Of > 0)
            json.WriteNumber("of", verdict.Of);
        if (verdict.TimeNs > 0)
            json.WriteNumber("time_us", verdict.TimeNs / 1000);
        json.WriteString("text", ConnectionWords.Phrase(verdict));
        json.WriteEndObject();
    }

    private static void WriteLocal(Utf8JsonWriter json, in Endpoint local, IReadOnlyList<SocketProcess> processes)
    {
        WriteStart(json, "local", local);
        ProcessJson.Write(json, processes);
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, string name, in Endpoint end)
    {
        WriteStart(json, name, end);
        json.WriteEndObject();
    }

    private static void WriteStart(Utf8JsonWriter json, string name, in Endpoint end)
    {
        json.WriteStartObject(name);
        json.WriteString("address", end.Address.ToString());
        json.WriteNumber("port", end.Port);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long timeNs)
    {
        if (timeNs > 0)
            json.WriteString(name, Rfc3339.Format(timeNs));
    }
}
