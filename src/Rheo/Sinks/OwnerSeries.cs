using Prometheus;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>
/// Traffic by process name and container. The names are bounded where they are counted; what has none is in <c>other</c>, what was
/// let go in a family of its own, what nobody was known to own in another, and what of that has an owner by now in a last one: the sum
/// over the first less the last is exact, and no series falls.
/// </summary>
internal sealed class OwnerSeries
{
    private const string Other = "other";
    private const string Ends = "; each end on this host counts.";

    private readonly TrafficCounters _named;
    private readonly TrafficCounters _gone;
    private readonly TrafficCounters _unattributed;
    private readonly TrafficCounters _late;
    private readonly Gauge _conversations;
    private readonly Dictionary<(string Process, string Container), long> _shown = [];

    public OwnerSeries(MetricFactory factory)
    {
        string[] labels = ["process", "container", "direction"];
        _named = new TrafficCounters(
            factory.CreateCounter("rheo_owner_bytes_total", "L2 bytes by process name and container" + Ends, labels),
            factory.CreateCounter("rheo_owner_packets_total", "Packets by process name and container" + Ends, labels));
        _gone = new TrafficCounters(
            factory.CreateCounter("rheo_owner_gone_bytes_total", "Bytes of names that were silent for long and gave way to others.", "direction"),
            factory.CreateCounter("rheo_owner_gone_packets_total", "Packets of names that were silent for long and gave way to others.", "direction"));
        _unattributed = new TrafficCounters(
            factory.CreateCounter("rheo_unattributed_bytes_total", "L2 bytes of ends on this host whose owner was not known when they were counted.", "direction"),
            factory.CreateCounter("rheo_unattributed_packets_total", "Packets of ends on this host whose owner was not known when they were counted.", "direction"));
        _late = new TrafficCounters(
            factory.CreateCounter("rheo_attributed_late_bytes_total", "Of rheo_unattributed_bytes_total, what is counted for its owner too, who is known by now.", "direction"),
            factory.CreateCounter("rheo_attributed_late_packets_total", "Of rheo_unattributed_packets_total, what is counted for its owner too, who is known by now.", "direction"));
        _conversations = factory.CreateGauge("rheo_unattributed_conversations", "Conversations in the table with an end on this host whose owner is not known.");
    }

    public void Show(OwnerSums sums)
    {
        if (!sums.IsKnown)
            return;
        var named = sums.Named.ToDictionary(owner => (Label(owner.Process), Label(owner.Container)));
        foreach (var gone in _shown.Where(pair => !named.TryGetValue(pair.Key, out var owner) || owner.Serial != pair.Value).Select(pair => pair.Key).ToArray())
            Forget(gone);
        foreach (var ((process, container), owner) in named)
        {
            _shown[(process, container)] = owner.Serial;
            Set(_named, owner.Traffic, process, container);
        }

        Set(_named, sums.Other, Other, "");
        Set(_gone, sums.Gone);
        Set(_unattributed, sums.Unattributed);
        Set(_late, sums.AttributedLate);
        _conversations.Set(sums.UnattributedConversations);
    }

    // No two names have one label, or sums would mix: what is escaped cannot be mistaken for what is written so, nor a process for the others.
    private static string Label(string name) => name == Other ? "\\" + Other : Text.Printable(name.Replace("\\", "\\\\", StringComparison.Ordinal));

    private void Forget((string Process, string Container) label)
    {
        _shown.Remove(label);
        _named.Remove(label.Process, label.Container);
    }

    private static void Set(TrafficCounters counters, EndTraffic traffic, params string[] labels)
    {
        counters.Set(traffic.Sent, [.. labels, "transmit"]);
        counters.Set(traffic.Received, [.. labels, "receive"]);
    }
}
