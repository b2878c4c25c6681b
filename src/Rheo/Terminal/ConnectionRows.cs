using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Terminal;

/// <summary>Prints connections as rows for a person: with verdicts in full where all columns have room so, else in few words.</summary>
/// <param name="output">Where to.</param>
/// <param name="screen">What it can show.</param>
/// <param name="wide">All columns, none of them cut, instead of those that fit the screen.</param>
/// <param name="listening">Listeners are to come, which have other columns.</param>
/// <param name="follow">Rows come one by one: leave room for wider ones.</param>
public sealed class ConnectionRows(TextWriter output, Screen screen, bool wide, bool listening, bool follow = false) : IConnectionWriter
{
    private const int FollowedEndpoint = 21;

    private static readonly Column[] Queues =
    [
        new("LISTENING", Shrinks: true), new("PROCESS", Shrinks: true), new("QUEUE", Right: true), new("LIMIT", Right: true), new("HALF-OPEN", Right: true),
        new("DROPS", Right: true), new("SYN-ACKS AGAIN", Right: true, Spare: 1), new("NAMESPACE", Right: true, Spare: 2),
    ];

    private static readonly Column[] Further =
    [
        new("MIN RTT", Right: true), new("CONNECT", Right: true), new("CWND", Right: true), new("DELIVERY", Right: true), new("UNREAD", Right: true),
        new("UNACKED", Right: true), new("OUT OF ORDER", Right: true), new("DUP ACKS", Right: true), new("WINDOW CLOSED", Right: true), new("ITS WINDOW CLOSED", Right: true),
        new("BUSY", Right: true), new("BY RECEIVER", Right: true), new("BY BUFFER", Right: true), new("NAMESPACE", Right: true), new("OPENED"),
    ];

    // Both take rows until the first are printed: then one is chosen, so that what follows stays aligned.
    private Table? _full = new(listening ? Queues : wide ? [.. Common(follow, VerdictWords.Longest), .. Further] : Common(follow, VerdictWords.Longest));
    private Table? _brief = wide || listening ? null : new(Common(follow, VerdictWords.LongestBrief));

    /// <inheritdoc/>
    public void Write(Connection connection)
    {
        var figures = connection.Figures;
        string[] cells =
        [
            figures.Local.ToString(), connection.Role == ConnectionRole.Server ? "<" : ">", figures.Remote.ToString(), State(connection),
            Process(connection.Processes), figures.RttNs > 0 ? Time(figures.RttNs) : "", figures.Retransmitted > 0 ? Units.Count(figures.Retransmitted) : "",
            Units.Bytes(figures.BytesSent), Units.Bytes(figures.BytesReceived),
        ];
        _full?.Add([.. cells, ConnectionWords.Phrase(connection.Verdict), .. wide ? FurtherCells(connection) : []]);
        _brief?.Add([.. cells, VerdictWords.Brief(connection.Verdict)]);
    }

    /// <inheritdoc/>
    public void Write(ListenQueue queue) => _full!.Add(
        queue.Local.ToString(), Process(queue.Processes), Units.Count(queue.Length), Units.Count(queue.Limit), Units.Count(queue.HalfOpen), Units.Count(queue.Drops),
        Units.Count(queue.SynAckRetransmits), $"{queue.Namespace}");

    /// <inheritdoc/>
    public void Flush()
    {
        Choose();
        (_full ?? _brief!).Write(output, wide ? screen.Endless : screen);
        output.Flush();
    }

    private void Choose()
    {
        if (_full is null || _brief is null)
            return;
        if (_full.Fits(screen))
            _brief = null;
        else
            _full = null;
    }

    private static Column[] Common(bool follow, int verdict) =>
    [
        new("LOCAL", Shrinks: true, Least: follow ? FollowedEndpoint : 0),
        new(" "),
        new("REMOTE", Shrinks: true, Least: follow ? FollowedEndpoint : 0),
        new("STATE", Least: follow ? "reset_received".Length : 0),
        new("PROCESS", Shrinks: true, Spare: 1, Least: follow ? "process/12345".Length : 0),
        new("RTT", Right: true, Spare: 2, Least: follow ? "1.00 ms".Length : 0),
        new("RETRANS", Right: true, Spare: 3),
        new("SENT", Right: true, Spare: 4, Least: follow ? "1023 KiB".Length : 0),
        new("RECEIVED", Right: true, Spare: 5),
        new("VERDICT", Least: follow ? verdict : 0),
    ];

    private static string[] FurtherCells(Connection connection)
    {
        var figures = connection.Figures;
        return
        [
            figures.LeastRttNs > 0 ? Time(figures.LeastRttNs) : "", connection.ConnectNs is { } connect ? Time(connect) : "",
            Units.Count(figures.CongestionWindow), Units.BitRate(figures.DeliveryRate), Units.Bytes(figures.Unread), Units.Bytes(figures.Unacked),
            Units.Count(figures.OutOfOrder), connection.DuplicateAcks is { } acks ? Units.Count(acks) : "", Span(connection.ReceiveWindowClosedNs), Span(connection.SendWindowClosedNs), Span(figures.BusyNs),
            Span(figures.ReceiverLimitedNs), Span(figures.BufferLimitedNs), $"{figures.Namespace}",
            figures.OpenedNs > 0 ? Rfc3339.Format(figures.OpenedNs) : "",
        ];
    }

    private static string State(Connection connection) =>
        connection.IsEnded ? ConnectionWords.Of(connection.Figures.End) : ConnectionWords.Of(connection.Figures.State);

    private static string Process(IReadOnlyList<SocketProcess> processes) =>
        processes.Count == 0 ? "" : OwnerWords.Of(processes);

    private static string Span(long ns) => ns > 0 ? Time(ns) : "";

    private static string Time(long ns) => Units.Microseconds(ns / 1e3);
}
