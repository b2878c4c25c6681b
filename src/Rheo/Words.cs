using System.Globalization;
using Rheo.Model;

namespace Rheo;

/// <summary>The words that stand for the model's enumerations in every output: JSON, CSV, terminal, metrics and page.</summary>
public static class Words
{
    private static readonly (TcpFlags Flag, string Word)[] Flags =
    [
        (TcpFlags.Fin, "fin"), (TcpFlags.Syn, "syn"), (TcpFlags.Rst, "rst"), (TcpFlags.Psh, "psh"), (TcpFlags.Ack, "ack"),
        (TcpFlags.Urg, "urg"), (TcpFlags.Ece, "ece"), (TcpFlags.Cwr, "cwr"), (TcpFlags.Ae, "ae"),
    ];

    /// <summary>So many of something: <c>1 packet</c>, <c>1,020 packets</c>.</summary>
    public static string Number(ulong count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>The transport: <c>tcp</c>, <c>udp</c>, <c>icmpv6</c>; <c>arp</c> for ARP, which has none.</summary>
    public static string TransportOf(in Conversation conversation) =>
        conversation.Network == NetworkType.Arp ? "arp" : Transport.Name(conversation.Protocol);

    /// <summary>OpenTelemetry's <c>network.type</c>, and <c>arp</c>.</summary>
    public static string Of(NetworkType type) => type switch
    {
        NetworkType.IPv4 => "ipv4",
        NetworkType.IPv6 => "ipv6",
        _ => "arp",
    };

    /// <summary>OpenTelemetry's <c>network.connection.state</c>.</summary>
    public static string Of(TcpWireState state) => state switch
    {
        TcpWireState.SynSent => "syn_sent",
        TcpWireState.SynReceived => "syn_received",
        TcpWireState.Established => "established",
        TcpWireState.FinWait => "fin_wait",
        TcpWireState.TimeWait => "time_wait",
        TcpWireState.Closed => "closed",
        _ => "none",
    };

    /// <summary>The kind of a tunnel; <c>none</c> without one.</summary>
    public static string Of(TunnelKind kind) => kind switch
    {
        TunnelKind.IpIp => "ipip",
        TunnelKind.Gre => "gre",
        TunnelKind.Vxlan => "vxlan",
        TunnelKind.Geneve => "geneve",
        _ => "none",
    };

    /// <summary>How the source is known.</summary>
    public static string Of(Initiator initiator) => initiator == Initiator.Syn ? "syn" : "guess";

    /// <summary>Why a conversation ended; <c>none</c> while it lives.</summary>
    public static string Of(EndReason reason) => reason switch
    {
        EndReason.Fin => "fin",
        EndReason.Reset => "reset",
        EndReason.Idle => "idle",
        EndReason.Reopened => "reopened",
        EndReason.Capacity => "capacity",
        EndReason.TunnelChanged => "tunnel_changed",
        _ => "none",
    };

    /// <summary>The doctor's word for a finding.</summary>
    public static string Of(FindingStatus status) => status switch
    {
        FindingStatus.Ok => "ok",
        FindingStatus.Warn => "warn",
        FindingStatus.Fail => "fail",
        _ => "unknown",
    };

    /// <summary>What a finding is about.</summary>
    public static string Of(FindingArea area) => area switch
    {
        FindingArea.Support => "support",
        FindingArea.Neighbours => "neighbours",
        FindingArea.SelfTest => "self_test",
        _ => "agent",
    };

    /// <summary>What came between the packets and us.</summary>
    public static string Of(InterferenceKind kind) => kind switch
    {
        InterferenceKind.Detached => "detached",
        InterferenceKind.TcxBefore => "tcx_before",
        InterferenceKind.FilterBefore => "filter_before",
        InterferenceKind.Xdp => "xdp",
        _ => "second_agent",
    };

    /// <summary>All flags and their words, in the order of their bits.</summary>
    public static ReadOnlySpan<(TcpFlags Flag, string Word)> TcpFlagWords => Flags;

    /// <summary>The words of the flags that are set, in the order of their bits.</summary>
    public static string Of(TcpFlags flags, char separator) =>
        string.Join(separator, Flags.Where(pair => (flags & pair.Flag) != 0).Select(pair => pair.Word));
}
