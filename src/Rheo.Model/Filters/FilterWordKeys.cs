namespace Rheo.Model.Filters;

/// <summary>Keys whose values are the words that every output has for the same thing.</summary>
internal static class FilterWordKeys
{
    private static readonly (TcpFlags Flag, string Word)[] FlagWords =
    [
        (TcpFlags.Fin, "fin"), (TcpFlags.Syn, "syn"), (TcpFlags.Rst, "rst"), (TcpFlags.Psh, "psh"), (TcpFlags.Ack, "ack"),
        (TcpFlags.Urg, "urg"), (TcpFlags.Ece, "ece"), (TcpFlags.Cwr, "cwr"), (TcpFlags.Ae, "ae"),
    ];

    private static readonly (TcpWireState State, string Word)[] StateWords =
    [
        (TcpWireState.SynSent, "syn_sent"), (TcpWireState.SynReceived, "syn_received"), (TcpWireState.Established, "established"),
        (TcpWireState.FinWait, "fin_wait"), (TcpWireState.TimeWait, "time_wait"), (TcpWireState.Closed, "closed"),
    ];

    private static readonly (EndReason Reason, string Word)[] EndWords =
    [
        (EndReason.Fin, "fin"), (EndReason.Reset, "reset"), (EndReason.Idle, "idle"), (EndReason.Reopened, "reopened"),
        (EndReason.Capacity, "capacity"), (EndReason.TunnelChanged, "tunnel_changed"), (EndReason.None, "none"),
    ];

    private static readonly (TunnelKind Kind, string Word)[] TunnelWords =
    [
        (TunnelKind.Vxlan, "vxlan"), (TunnelKind.Geneve, "geneve"), (TunnelKind.Gre, "gre"), (TunnelKind.IpIp, "ipip"), (TunnelKind.None, "none"),
    ];

    public static FilterKey State { get; } = new WordKey("state", "the TCP connection's state on the wire", [.. StateWords.Select(pair =>
        (pair.Word, (ConversationTest)((in Conversation flow) => flow.TcpState == pair.State)))]);

    public static FilterKey Flags { get; } = new WordKey("flags", "either end has sent this TCP flag", [.. FlagWords.Select(pair =>
        (pair.Word, (ConversationTest)((in Conversation flow) => ((flow.SentFlags | flow.ReceivedFlags) & pair.Flag) != 0)))]);

    public static FilterKey Ended { get; } = new WordKey("ended", "it is over, and why; none: it lives", [.. EndWords.Select(pair =>
        (pair.Word, (ConversationTest)((in Conversation flow) => flow.End == pair.Reason))), ("any", (in Conversation flow) => flow.End != EndReason.None)]);

    public static FilterKey Tunnel { get; } = new WordKey("tunnel", "was seen in such a tunnel", [.. TunnelWords.Select(pair =>
        (pair.Word, (ConversationTest)((in Conversation flow) => flow.Tunnel.Id.Kind == pair.Kind))), ("any", (in Conversation flow) => !flow.Tunnel.IsNone)]);

    public static FilterKey Initiator { get; } = new WordKey("initiator", "how it is known who opened it",
        ("syn", (in Conversation flow) => flow.Initiator == Model.Initiator.Syn),
        ("guess", (in Conversation flow) => flow.Initiator == Model.Initiator.Guess));

    public static FilterKey Type { get; } = new WordKey("type", "what carries it",
        ("ipv4", (in Conversation flow) => flow.Network == NetworkType.IPv4),
        ("ipv6", (in Conversation flow) => flow.Network == NetworkType.IPv6),
        ("arp", (in Conversation flow) => flow.Network == NetworkType.Arp));

    // The names of packets' own words, as the JSON has them: transport:tcp is the word tcp.
    public static FilterKey Transport { get; } = new WordKey("transport", "the protocol", [.. new byte[]
    {
        Model.Transport.Tcp, Model.Transport.Udp, Model.Transport.Icmp, Model.Transport.Icmp6, Model.Transport.Sctp, Model.Transport.Gre,
        Model.Transport.Dccp, Model.Transport.UdpLite, 50, 51, 2, 89, 103, 112,
    }.Select(protocol => (Model.Transport.Name(protocol), IsOf(protocol))), ("arp", (in Conversation flow) => flow.Network == NetworkType.Arp)]);

    private static ConversationTest IsOf(byte protocol) =>
        (in Conversation flow) => flow.Protocol == protocol && flow.Network != NetworkType.Arp;
}
