using System.Globalization;
using System.Text;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>Prints comma-separated values (RFC 4180) with a header line; safe to open in a spreadsheet.</summary>
public sealed class CsvWriter : IFlowWriter
{
    private const string Header =
        "first_seen,last_seen,source_address,source_port,destination_address,destination_port,network_transport,network_type,"
        + "network_interfaces,tunnel_type,tunnel_id,bytes_sent,bytes_received,packets_sent,packets_received,"
        + "tcp_state,tcp_flags,handshake_rtt_us,icmp_type,icmp_code,initiator,ended,"
        + "source_process_pid,source_process_name,source_process_executable,source_process_uid,source_process_container,source_process_unit,"
        + "destination_process_pid,destination_process_name,destination_process_executable,destination_process_uid,"
        + "destination_process_container,destination_process_unit";

    private readonly StreamWriter _output;
    private readonly InterfaceNames _interfaces;
    private readonly List<string> _crossed = [];
    private bool _first = true;

    /// <summary>Writes the header at once, so that an empty result is still a table.</summary>
    public CsvWriter(Stream output, InterfaceNames interfaces)
    {
        _output = new StreamWriter(output, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        _interfaces = interfaces;
        _output.WriteLine(Header);
    }

    /// <inheritdoc/>
    public void Write(in Conversation flow)
    {
        var isIp = flow.Network != NetworkType.Arp;
        var hasPorts = isIp && Transport.HasPorts(flow.Protocol) && !flow.IsFragment;
        Text(Rfc3339.Format(flow.FirstSeenNs));
        Text(Rfc3339.Format(flow.LastSeenNs));
        Text(flow.Source.Address.ToString());
        Number(flow.Source.Port, hasPorts);
        Text(flow.Destination.Address.ToString());
        Number(flow.Destination.Port, hasPorts);
        Text(Words.TransportOf(flow));
        Text(Words.Of(flow.Network));
        _interfaces.Crossed(flow, _crossed);
        Text(string.Join(" ", _crossed.Select(Rheo.Text.Printable)));
        Text(flow.Tunnel.IsNone ? "" : Words.Of(flow.Tunnel.Id.Kind));
        Number(flow.Tunnel.Id.Id, flow.Tunnel.Id.Kind is not (TunnelKind.None or TunnelKind.IpIp));
        Number(flow.Sent.Bytes);
        Number(flow.Received.Bytes);
        Number(flow.Sent.Packets);
        Number(flow.Received.Packets);
        WriteTransport(flow, isIp && !flow.IsFragment);
        Text(Words.Of(flow.Initiator));
        Text(flow.End == EndReason.None ? "" : Words.Of(flow.End));
        WriteProcess(flow.SourceProcesses);
        WriteProcess(flow.DestinationProcesses);
        _output.WriteLine();
        _first = true;
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    /// <summary>A cell's text: quoted where RFC 4180 asks for it, never a formula.</summary>
    public static string Cell(string text)
    {
        // A spreadsheet runs what begins so; an apostrophe makes it text.
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // Of several processes, who used the socket last.
    private void WriteProcess(IReadOnlyList<SocketProcess> processes)
    {
        var process = processes.Count > 0 ? processes[0] : null;
        Number((ulong)(process?.Pid ?? 0), process is not null);
        Text(Rheo.Text.Printable(process?.Name ?? ""));
        Text(Rheo.Text.Printable(process?.Executable ?? ""));
        Number(process?.Uid ?? 0, process is not null);
        Text(Rheo.Text.Printable(process?.Container ?? ""));
        Text(Rheo.Text.Printable(process?.Unit ?? ""));
    }

    private void WriteTransport(in Conversation flow, bool known)
    {
        var isTcp = known && flow.Protocol == Transport.Tcp;
        var isIcmp = known && flow.Protocol is Transport.Icmp or Transport.Icmp6;
        Text(isTcp ? Words.Of(flow.TcpState) : "");
        Text(isTcp ? Words.Of(flow.SentFlags | flow.ReceivedFlags, ' ') : "");
        Number((ulong)(flow.HandshakeRttNs ?? 0) / 1000, flow.HandshakeRttNs is not null);
        Number(flow.IcmpType, isIcmp);
        Number(flow.IcmpCode, isIcmp);
    }

    private void Number(ulong value, bool known = true) => Append(known ? value.ToString(CultureInfo.InvariantCulture) : "");

    private void Text(string value) => Append(Cell(value));

    private void Append(string cell)
    {
        if (!_first)
            _output.Write(',');
        _output.Write(cell);
        _first = false;
    }
}
