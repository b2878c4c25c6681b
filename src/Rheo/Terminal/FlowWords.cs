using System.Globalization;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Terminal;

/// <summary>What a conversation is told in, the same in every table.</summary>
internal static class FlowWords
{
    /// <summary>The state of TCP; of a conversation that is over, why.</summary>
    public static string State(in Conversation flow)
    {
        if (flow.End != EndReason.None)
            return "end: " + Words.Of(flow.End);
        return flow.TcpState == TcpWireState.None ? "" : Words.Of(flow.TcpState);
    }

    /// <summary>The round trip of the handshake; nothing where it is unknown.</summary>
    public static string Rtt(in Conversation flow) => flow.HandshakeRttNs is { } rtt ? Units.Microseconds(rtt / 1000.0) : "";

    /// <summary>The tunnel and its id.</summary>
    public static string TunnelText(in Tunnel tunnel)
    {
        if (tunnel.IsNone)
            return "";
        var kind = Words.Of(tunnel.Id.Kind);
        return tunnel.Id.Kind == TunnelKind.IpIp ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind} {tunnel.Id.Id}");
    }

    /// <summary>The VLAN ids, from the outside in.</summary>
    public static string VlanText(in Conversation flow) => (flow.Vlan, flow.InnerVlan) switch
    {
        (0, _) => "",
        (var outer, 0) => outer.ToString(CultureInfo.InvariantCulture),
        var (outer, inner) => string.Create(CultureInfo.InvariantCulture, $"{outer}.{inner}"),
    };

    /// <summary>The interfaces that it crosses, escaped.</summary>
    public static string Interfaces(in Conversation flow, InterfaceNames names)
    {
        var crossed = new List<string>();
        names.Crossed(flow, crossed);
        return string.Join(',', crossed.Select(Text.Printable));
    }

    /// <summary>Whose the ends are: <c>curl[4711] → nginx[812]</c>; <c>-</c> where one is not known, nothing where neither is.</summary>
    public static string Owners(in Conversation flow, Glyphs glyphs)
    {
        if (flow.SourceProcesses.Count + flow.DestinationProcesses.Count == 0)
            return "";
        return $"{Owner(flow.SourceProcesses)} {glyphs.Arrow} {Owner(flow.DestinationProcesses)}";
    }

    /// <summary>All about the processes at one end; <c>-</c> where none is known.</summary>
    public static string AllAbout(IReadOnlyList<SocketProcess> processes) =>
        processes.Count == 0 ? "-" : string.Join("; ", processes.Select(AllAbout));

    private static string AllAbout(SocketProcess process)
    {
        string[] facts =
        [
            OwnerWords.Of(process), Text.Printable(process.Executable), string.Create(CultureInfo.InvariantCulture, $"uid {process.Uid}"),
            process.Container.Length > 0 ? "container " + OwnerWords.Container(process) : "", Text.Printable(process.Unit),
        ];
        return string.Join(", ", facts.Where(fact => fact.Length > 0));
    }

    private static string Owner(IReadOnlyList<SocketProcess> processes) => processes.Count == 0 ? "-" : OwnerWords.Of(processes);

    /// <summary>A span of time in four characters at most: <c>0s</c>, <c>59s</c>, <c>12m</c>, <c>3h</c>, <c>400d</c>.</summary>
    public static string Ago(long ns)
    {
        var seconds = Math.Max(0, ns / 1_000_000_000);
        return seconds switch
        {
            < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
            < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
            < 360_000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(999, seconds / 86_400)}d"),
        };
    }
}
