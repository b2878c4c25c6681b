using System.Globalization;
using Rheo.Model;

namespace Rheo.Terminal.Top;

/// <summary>All about one conversation or a group of them, a line each.</summary>
internal static class TopDetails
{
    public static IEnumerable<string> Lines(TopRow row, TopSnapshot snapshot, Glyphs glyphs) =>
        row.Group is { } group ? OfGroup(group, row, snapshot, glyphs) : OfConversation(row, snapshot, glyphs);

    private static IEnumerable<string> OfGroup(TopGroup group, TopRow row, TopSnapshot snapshot, Glyphs glyphs)
    {
        var flow = row.Flow;
        yield return Text.Printable(group.Name);
        yield return $"rate        {Rate(flow.Rates.OneSecond)} in 1 s, {Rate(flow.Rates.TenSeconds)} in 10 s, {Rate(flow.Rates.OneMinute)} in 1 min";
        yield return $"            {Spark.Line(row.History, 60, glyphs)}";
        yield return $"talks       {Units.Count((ulong)group.Conversations)}";
        yield return $"sent        {Side(flow.Sent, TcpFlags.None)}";
        yield return $"received    {Side(flow.Received, TcpFlags.None)}";
        yield return $"first seen  {Time(flow.FirstSeenNs, snapshot.TimeNs)}";
        yield return $"last seen   {Time(flow.LastSeenNs, snapshot.TimeNs)}";
        foreach (var (name, value) in group.Facts)
            yield return $"{name,-11} {Text.Printable(value)}";
    }

    private static IEnumerable<string> OfConversation(TopRow row, TopSnapshot snapshot, Glyphs glyphs)
    {
        var flow = row.Flow;
        yield return $"{flow.Source} {glyphs.Arrow} {flow.Destination}  {Words.TransportOf(flow)}  {FlowWords.State(flow)}".TrimEnd();
        yield return $"rate        {Rate(flow.Rates.OneSecond)} in 1 s, {Rate(flow.Rates.TenSeconds)} in 10 s, {Rate(flow.Rates.OneMinute)} in 1 min";
        yield return $"            {Spark.Line(row.History, 60, glyphs)}";
        if (flow.SourceProcesses.Count + flow.DestinationProcesses.Count > 0)
        {
            yield return $"source is   {FlowWords.AllAbout(flow.SourceProcesses)}";
            yield return $"the other   {FlowWords.AllAbout(flow.DestinationProcesses)}";
        }

        yield return $"sent        {Side(flow.Sent, flow.SentFlags)}";
        yield return $"  by way of {Path(flow.SentPath, snapshot.Interfaces)}";
        yield return $"received    {Side(flow.Received, flow.ReceivedFlags)}";
        yield return $"  by way of {Path(flow.ReceivedPath, snapshot.Interfaces)}";
        if (flow.Protocol == Transport.Tcp && flow.Network != NetworkType.Arp)
            yield return $"handshake   {Handshake(flow)}";
        yield return $"first seen  {Time(flow.FirstSeenNs, snapshot.TimeNs)}";
        yield return $"last seen   {Time(flow.LastSeenNs, snapshot.TimeNs)}";
        yield return $"source      {(flow.Initiator == Initiator.Syn ? "known by its SYN" : "a guess: it sent the first packet that was seen")}";
        foreach (var line in Rare(flow))
            yield return line;
    }

    private static IEnumerable<string> Rare(Conversation flow)
    {
        if (flow.Protocol is Transport.Icmp or Transport.Icmp6 && flow.Network != NetworkType.Arp)
            yield return string.Create(CultureInfo.InvariantCulture, $"icmp        type {flow.IcmpType}, code {flow.IcmpCode}");
        if (flow.Vlan != 0)
            yield return "vlan        " + FlowWords.VlanText(flow);
        if (!flow.Tunnel.IsNone)
            yield return $"tunnel      {FlowWords.TunnelText(flow.Tunnel)}, {flow.Tunnel.OuterSource} to {flow.Tunnel.OuterDestination}";
        if (flow.IsFragment)
            yield return "fragments   whose first was not seen: their ports are unknown";
    }

    private static string Rate(TrafficRate rate) => Units.BitRate(rate.Bytes);

    private static string Side(Traffic traffic, TcpFlags flags)
    {
        var text = $"{Units.Bytes(traffic.Bytes)} in {Units.Count(traffic.Packets)} {(traffic.Packets == 1 ? "packet" : "packets")}";
        return flags == TcpFlags.None ? text : $"{text}, flags {Words.Of(flags, ',')}";
    }

    private static string Path(InterfacePath path, InterfaceNames names)
    {
        if (path.Count == 0)
            return "-";
        var points = Enumerable.Range(0, path.Count).Select(at => $"{names[path[at].Interface]} {(path[at].Egress ? "out" : "in")}");
        return string.Join(", ", points) + (path.More > 0 ? string.Create(CultureInfo.InvariantCulture, $", {path.More} more") : "");
    }

    private static string Handshake(in Conversation flow)
    {
        var again = flow.SynRetransmits + flow.SynAckRetransmits;
        if (again > 0)
            return string.Create(CultureInfo.InvariantCulture, $"sent again: SYN {flow.SynRetransmits} times, SYN-ACK {flow.SynAckRetransmits} times");
        return flow.HandshakeRttNs is null ? "not seen" : "round trip " + FlowWords.Rtt(flow);
    }

    private static string Time(long ns, long nowNs) => $"{Rfc3339.Format(ns)[..23]}Z, {FlowWords.Ago(nowNs - ns)} ago";
}
