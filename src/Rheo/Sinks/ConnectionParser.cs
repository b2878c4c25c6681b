using System.Text.Json;
using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>Reads connections back from what <see cref="ConnectionJson"/> wrote: all that any output shows, times to the microsecond.</summary>
public static class ConnectionParser
{
    /// <summary>Reads the answer of <c>/api/v1/connections</c>. Null: connections, or whose they are, are not watched there.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ConnectionList? ReadList(JsonElement answer) => Guarded(() =>
    {
        if (!answer.GetProperty("watched").GetBoolean() || !answer.GetProperty("owners_watched").GetBoolean())
            return null;
        var totals = answer.GetProperty("totals");
        return new ConnectionList(
            answer.Moment("time"),
            answer.GetProperty("live").GetInt32(),
            answer.GetProperty("listening").GetInt32(),
            answer.GetProperty("matched").GetInt32(),
            new ConnectionTotals
            {
                Opened = totals.Count("opened"),
                Accepted = totals.Count("accepted"),
                Retransmits = totals.Retransmits("retransmits"),
                LostMoments = totals.Count("lost_moments"),
                LostChanges = totals.Count("lost_changes"),
                LostSockets = totals.Count("lost_sockets"),
            },
            Untold: 0,
            [.. answer.GetProperty("connections").EnumerateArray().Select(Connection)],
            [.. answer.GetProperty("listeners").EnumerateArray().Select(Queue)]);
    });

    /// <summary>Reads one connection.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Connection ReadConnection(JsonElement row) => Guarded(() => Connection(row));

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception nonsense) when (JsonReading.IsNonsense(nonsense))
        {
            throw new InvalidDataException($"it sends what is no connection: {nonsense.Message}", nonsense);
        }
    }

    private static Connection Connection(JsonElement row)
    {
        var (rtt, window) = (row.GetProperty("rtt"), row.GetProperty("window"));
        return new Connection
        {
            Figures = Figures(row, rtt, window),
            Role = row.Word<ConnectionRole>("role", ConnectionWords.Of),
            Verdict = row.TryGetProperty("verdict", out var verdict) ? Verdict(verdict) : Rheo.Model.Connections.Verdict.None,
            SendWindowClosedNs = window.Microseconds("send_closed_us"),
            ReceiveWindowClosedNs = window.Microseconds("receive_closed_us"),
            SlowestNs = 0,
            MedianRttNs = rtt.Microseconds("median_us"),
            DuplicateAcks = row.GetProperty("segments").TryGetProperty("duplicate_acks", out var acks) ? acks.GetUInt32() : null,
            Processes = row.GetProperty("local").Processes(),
        };
    }

    private static ConnectionFigures Figures(JsonElement row, JsonElement rtt, JsonElement window)
    {
        var (bytes, segments) = (row.GetProperty("bytes"), row.GetProperty("segments"));
        var (queue, limited, resets) = (row.GetProperty("queue"), row.GetProperty("limited_us"), row.GetProperty("resets"));
        var opened = row.Moment("opened");
        return new ConnectionFigures
        {
            TimeNs = row.Moment("last_seen"),
            Cookie = row.Count("cookie"),
            Namespace = row.Small("netns"),
            Local = row.End("local"),
            Remote = row.End("remote"),
            Role = row.Word<ConnectionRole>("role", ConnectionWords.Of),
            State = row.Word<ConnectionState>("state", ConnectionWords.Of),
            End = row.Word<ConnectionEnd>("ended", ConnectionWords.Of),
            OpenedNs = opened,
            EstablishedNs = row.TryGetProperty("connect_us", out _) ? opened + row.Microseconds("connect_us") : 0,
            StateSinceNs = row.Moment("state_since"),
            BytesSent = bytes.Count("sent"),
            BytesAcked = bytes.Count("acked"),
            BytesReceived = bytes.Count("received"),
            BytesRetransmitted = bytes.Count("retransmitted"),
            SegmentsSent = segments.Small("sent"),
            SegmentsReceived = segments.Small("received"),
            DataSegmentsSent = segments.Small("data_sent"),
            DataSegmentsReceived = segments.Small("data_received"),
            OutOfOrder = segments.Small("out_of_order"),
            Duplicates = segments.Small("duplicates"),
            Retransmitted = row.GetProperty("retransmits").Small("total"),
            Retransmits = row.Retransmits("retransmits"),
            ResetsSent = resets.Small("sent"),
            ResetsReceived = resets.Small("received"),
            RttNs = rtt.Microseconds("smoothed_us"),
            RttVarianceNs = rtt.Microseconds("variance_us"),
            LeastRttNs = rtt.Microseconds("least_us"),
            TimeoutNs = rtt.Microseconds("timeout_us"),
            CongestionWindow = row.Small("cwnd"),
            SlowStartThreshold = row.TryGetProperty("ssthresh", out var threshold) ? threshold.GetUInt32() : null,
            SegmentSize = row.Small("mss"),
            DeliveryRate = row.GetProperty("delivery_rate").GetDouble(),
            SendWindow = window.Small("send"),
            ReceiveWindow = window.Small("receive"),
            Unread = queue.Small("unread"),
            Unacked = queue.Small("unacked"),
            Unsent = queue.Small("unsent"),
            BusyNs = row.Microseconds("busy_us"),
            ReceiverLimitedNs = limited.Microseconds("receiver"),
            BufferLimitedNs = limited.Microseconds("buffer"),
        };
    }

    private static Verdict Verdict(JsonElement verdict) => new(
        verdict.Word<BlameParty>("party", ConnectionWords.Of),
        verdict.Word<BlameReason>("reason", ConnectionWords.Of),
        verdict.Count("count"),
        verdict.Count("of"),
        verdict.Microseconds("time_us"));

    private static ListenQueue Queue(JsonElement row)
    {
        var queue = row.GetProperty("queue");
        return new ListenQueue
        {
            Cookie = row.Count("cookie"),
            Namespace = row.Small("netns"),
            Local = row.End("local"),
            TimeNs = row.Moment("last_seen"),
            Length = queue.Small("length"),
            Limit = queue.Small("limit"),
            HalfOpen = queue.Small("half_open"),
            Drops = queue.Small("drops"),
            SynAckRetransmits = queue.Small("syn_ack_retransmits"),
            Processes = row.GetProperty("local").Processes(),
        };
    }
}
