using Prometheus;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>
/// Totals by interface, direction and transport. The first 64 interfaces have a series of their own; later ones are summed
/// in <c>other</c>. What interfaces that are gone had carried moves to a family of its own, so that all sums stay
/// exact and no series ever jumps or falls.
/// </summary>
internal sealed class InterfaceSeries
{
    private const int MostNamed = 64;

    /// <summary>The name under which those beyond the named ones are one sum.</summary>
    internal const string Other = "other";

    private const string Crossing = "; what crosses two interfaces counts on both.";
    private const string Gone = " of interfaces that are gone, which had a series of their own.";
    private static readonly string[] Labels = ["network_interface_name", "network_interface_direction", "network_transport"];

    private readonly TrafficCounters _live;
    private readonly TrafficCounters _gone;
    private readonly Dictionary<int, string> _named = [];
    private Dictionary<(int Index, bool Egress, TrafficClass Class), Traffic> _unnamed = [];
    private HashSet<int> _others = []; // whose are those: an interface is among them with all that it carries, or not at all
    private readonly Dictionary<(bool Egress, TrafficClass Class), Traffic> _unnamedGone = [];

    public InterfaceSeries(MetricFactory factory)
    {
        _live = new TrafficCounters(
            factory.CreateCounter("network_flow_io_bytes_total", "L2 bytes on the wire by interface" + Crossing, Labels),
            factory.CreateCounter("rheo_flow_packets_total", "Packets on the wire by interface" + Crossing, Labels));
        _gone = new TrafficCounters(
            factory.CreateCounter("rheo_flow_gone_bytes_total", "Bytes" + Gone, Labels[1..]),
            factory.CreateCounter("rheo_flow_gone_packets_total", "Packets" + Gone, Labels[1..]));
    }

    public void Show(TrafficSnapshot snapshot)
    {
        Forget(snapshot);
        var unnamed = new Dictionary<(int, bool, TrafficClass), Traffic>();
        foreach (var row in snapshot.Interfaces)
        {
            if (NameOf(row) is { } name)
                _live.Set(row.Traffic, name, Direction(row.Egress), Word(row.Class));
            else
                unnamed[(row.Index, row.Egress, row.Class)] = row.Traffic;
        }

        ShowOther(unnamed);
        foreach (var row in snapshot.Gone)
            _gone.Set(Minus(row.Traffic, _unnamedGone.GetValueOrDefault((row.Egress, row.Class))), Direction(row.Egress), Word(row.Class));
    }

    private string? NameOf(in InterfaceTraffic row)
    {
        if (_named.TryGetValue(row.Index, out var name))
            return name;
        name = Text.Printable(row.Name);
        var isTaken = name == Other || _named.ContainsValue(name);
        if (isTaken || _named.Count >= MostNamed || _others.Contains(row.Index))
            return null;
        return _named[row.Index] = name;
    }

    // One that has another name now begins anew under that.
    private void Forget(TrafficSnapshot snapshot)
    {
        var live = new Dictionary<int, string>();
        foreach (var row in snapshot.Interfaces)
            live[row.Index] = Text.Printable(row.Name);
        foreach (var index in _named.Keys.Where(index => live.GetValueOrDefault(index) != _named[index]).ToArray())
        {
            _live.Remove(_named[index]);
            _named.Remove(index);
        }
    }

    // A member of "other" that is gone stays in it with what it last had: the sum must not fall.
    private void ShowOther(Dictionary<(int Index, bool Egress, TrafficClass Class), Traffic> unnamed)
    {
        foreach (var (key, traffic) in _unnamed.Where(pair => !unnamed.ContainsKey(pair.Key)))
            _unnamedGone[(key.Egress, key.Class)] = _unnamedGone.GetValueOrDefault((key.Egress, key.Class)) + traffic;
        _unnamed = unnamed;
        _others = [.. unnamed.Keys.Select(key => key.Index)];
        var sums = new Dictionary<(bool Egress, TrafficClass Class), Traffic>(_unnamedGone);
        foreach (var (key, traffic) in unnamed)
            sums[(key.Egress, key.Class)] = sums.GetValueOrDefault((key.Egress, key.Class)) + traffic;
        foreach (var (key, traffic) in sums)
            _live.Set(traffic, Other, Direction(key.Egress), Word(key.Class));
    }

    private static Traffic Minus(Traffic left, Traffic right) =>
        new(left.Packets - Math.Min(left.Packets, right.Packets), left.Bytes - Math.Min(left.Bytes, right.Bytes));

    private static string Direction(bool egress) => egress ? "transmit" : "receive";

    private static string Word(TrafficClass kind) => kind switch
    {
        TrafficClass.Tcp => "tcp",
        TrafficClass.Udp => "udp",
        TrafficClass.Icmp => "icmp",
        TrafficClass.Icmp6 => "icmpv6",
        TrafficClass.Sctp => "sctp",
        TrafficClass.OtherIp => "other_ip",
        TrafficClass.Arp => "arp",
        TrafficClass.OtherEther => "other_ether",
        TrafficClass.UnparsedShort => "unparsed_short",
        TrafficClass.UnparsedHeader => "unparsed_header",
        _ => "unparsed_too_deep",
    };
}
