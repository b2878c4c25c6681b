using System.Text.Json;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;
using Rheo.Sinks;

namespace Rheo.Tests.Sinks;

/// <summary>Connections of every kind, each figure another, so that none is taken for its neighbour.</summary>
internal static class SomeConnections
{
    private const long Start = 1_700_000_000_123_456_789;

    private static readonly SocketProcess Curl = new() { Pid = 42, Name = "curl \"\u001b[1m\"", Uid = 1000, Executable = "/usr/bin/curl", Unit = "a.scope" };

    internal static IReadOnlyList<Connection> All { get; } = [.. Several()];

    internal static ListenQueue Listener { get; } = new()
    {
        Cookie = 9, Namespace = 4_026_531_840, Local = new(Address.Parse("::"), 443), TimeNs = Start, Length = 1, Limit = 2, HalfOpen = 3, Drops = 4,
        SynAckRetransmits = 5, Processes = [Curl],
    };

    internal static JsonElement Json(Connection connection) => Written(json => ConnectionJson.Write(json, connection));

    internal static JsonElement Json(ListenQueue queue) => Written(json => ConnectionJson.Write(json, queue));

    private static IEnumerable<Connection> Several()
    {
        var figures = new ConnectionFigures
        {
            Cookie = 7, Namespace = 1, TimeNs = Start, OpenedNs = Start - 5_000_000, EstablishedNs = Start - 4_000_000, StateSinceNs = Start - 4_000_000,
            Role = ConnectionRole.Client, State = ConnectionState.Established, Local = new(Address.Parse("10.0.0.1"), 40_000),
            Remote = new(Address.Parse("2001:db8::2"), 80), BytesSent = 1, BytesAcked = 2, BytesReceived = 3, BytesRetransmitted = 4, SegmentsSent = 5,
            SegmentsReceived = 6, DataSegmentsSent = 7, DataSegmentsReceived = 8, Retransmitted = 9, Retransmits = new(1, 2, 3, 4, 5), Duplicates = 10,
            OutOfOrder = 11, ResetsSent = 12, ResetsReceived = 13, RttNs = 14_000, RttVarianceNs = 15_000, LeastRttNs = 16_000, TimeoutNs = 17_000,
            CongestionWindow = 18, SlowStartThreshold = 19, SegmentSize = 20, SendWindow = 21, ReceiveWindow = 22, Unacked = 23, Unsent = 24, Unread = 25,
            DeliveryRate = 26, BusyNs = 27_000, ReceiverLimitedNs = 28_000, BufferLimitedNs = 29_000,
        };
        yield return Of(figures, ConnectionRole.Client, Verdict.None) with { Processes = [Curl, Curl with { Pid = 43, Container = "c0ffee" }], MedianRttNs = 13_000 };
        yield return Of(figures with { SlowStartThreshold = null, OpenedNs = 0, EstablishedNs = 0, RttNs = 0 }, ConnectionRole.Server, Verdict.None);
        foreach (var end in Enum.GetValues<ConnectionEnd>())
            yield return Of(figures with { End = end, State = ConnectionState.Closed }, ConnectionRole.Unknown, new(BlameParty.Network, BlameReason.Loss, 3, 9, 1_000));
        foreach (var reason in Enum.GetValues<BlameReason>())
            yield return Of(figures, ConnectionRole.Client, new(BlameParty.ServerQueue, reason, 1));
    }

    private static Connection Of(ConnectionFigures figures, ConnectionRole role, Verdict verdict) => new()
    {
        Figures = figures with { Role = role }, Role = role, Verdict = verdict, SendWindowClosedNs = 30_000, ReceiveWindowClosedNs = 31_000, SlowestNs = 0, DuplicateAcks = role == ConnectionRole.Client ? 32 : null,
    };

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
            write(json);
        return JsonDocument.Parse(output.ToArray()).RootElement;
    }
}
