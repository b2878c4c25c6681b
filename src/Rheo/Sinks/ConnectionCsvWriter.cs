using System.Globalization;
using System.Text;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>Prints connections as comma-separated values (RFC 4180) with a header line; safe to open in a spreadsheet.</summary>
public sealed class ConnectionCsvWriter : IConnectionWriter
{
    private const string Header =
        "last_seen,local_address,local_port,remote_address,remote_port,role,state,opened,ended,pid,process,connect_us,rtt_us,min_rtt_us,cwnd,"
        + "bytes_sent,bytes_acked,bytes_received,segments_sent,segments_received,retransmits,out_of_order,duplicate_acks,send_window_closed_us,"
        + "receive_window_closed_us,busy_us,receiver_limited_us,buffer_limited_us,blame,reason,queue_length,queue_limit,queue_drops";

    private const int QueueColumns = 3;

    private readonly StreamWriter _output;
    private readonly List<string> _cells = [];

    /// <summary>Writes the header at once, so that an empty result is still a table.</summary>
    public ConnectionCsvWriter(Stream output)
    {
        _output = new StreamWriter(output, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        _output.WriteLine(Header);
    }

    /// <inheritdoc/>
    public void Write(Connection connection)
    {
        var figures = connection.Figures;
        Begin(figures.TimeNs, figures.Local);
        Add(figures.Remote.Address.ToString(), Number(figures.Remote.Port), ConnectionWords.Of(connection.Role), ConnectionWords.Of(figures.State));
        Add(figures.OpenedNs > 0 ? Rfc3339.Format(figures.OpenedNs) : "", connection.IsEnded ? ConnectionWords.Of(figures.End) : "");
        AddProcess(connection.Processes);
        Add(connection.ConnectNs is { } connect ? Microseconds(connect) : "", figures.RttNs > 0 ? Microseconds(figures.RttNs) : "");
        Add(figures.LeastRttNs > 0 ? Microseconds(figures.LeastRttNs) : "", Number(figures.CongestionWindow), Number(figures.BytesSent));
        Add(Number(figures.BytesAcked), Number(figures.BytesReceived), Number(figures.SegmentsSent), Number(figures.SegmentsReceived));
        Add(Number(figures.Retransmitted), Number(figures.OutOfOrder), connection.DuplicateAcks is { } acks ? Number(acks) : "");
        Add(Microseconds(connection.SendWindowClosedNs));
        Add(Microseconds(connection.ReceiveWindowClosedNs), Microseconds(figures.BusyNs), Microseconds(figures.ReceiverLimitedNs));
        Add(Microseconds(figures.BufferLimitedNs), ConnectionWords.Of(connection.Verdict.Party), ConnectionWords.Of(connection.Verdict.Reason));
        Add("", "", "");
        End();
    }

    /// <inheritdoc/>
    public void Write(ListenQueue queue)
    {
        Begin(queue.TimeNs, queue.Local);
        Add("", "", "", ConnectionWords.Of(ConnectionState.Listen), "", "");
        AddProcess(queue.Processes);
        while (_cells.Count < Header.Count(letter => letter == ',') + 1 - QueueColumns)
            Add("");
        Add(Number(queue.Length), Number(queue.Limit), Number(queue.Drops));
        End();
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    private void Begin(long timeNs, in Endpoint local)
    {
        _cells.Clear();
        Add(Rfc3339.Format(timeNs), local.Address.ToString(), Number(local.Port));
    }

    private void End() => _output.WriteLine(string.Join(',', _cells));

    private void AddProcess(IReadOnlyList<SocketProcess> processes) =>
        Add(processes.Count > 0 ? Number((ulong)processes[0].Pid) : "", processes.Count > 0 ? Text.Printable(processes[0].Name) : "");

    private void Add(params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            _cells.Add(CsvWriter.Cell(cell));
    }

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Microseconds(long ns) => (ns / 1000).ToString(CultureInfo.InvariantCulture);
}
