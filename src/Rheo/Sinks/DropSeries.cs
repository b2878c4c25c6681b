using Prometheus;
using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>
/// What the kernel dropped, of all network namespaces. The first 64 pairs of reason and place have a series of their own; later ones are
/// summed in <c>other</c>, which is there from the start.
/// </summary>
internal sealed class DropSeries
{
    private const int MostNamed = 64;
    private const string Other = "other";

    private readonly Counter _packets;
    private readonly Counter _bytes;
    private readonly Counter _letGo;
    private readonly Counter _evicted;
    private readonly HashSet<(string Reason, string Place)> _named = [];
    private readonly HashSet<string> _harmless = [];

    public DropSeries(MetricFactory factory)
    {
        _packets = factory.CreateCounter("rheo_dropped_packets_total", "Packets that the kernel dropped, by its reason and the function that did it.", "reason", "place");
        _bytes = factory.CreateCounter("rheo_dropped_bytes_total", "Bytes of the packets that the kernel dropped.", "reason", "place");
        _letGo = factory.CreateCounter("rheo_let_go_packets_total", "Packets that the kernel let go and nobody misses: no loss.", "reason");
        _evicted = factory.CreateCounter(
            "rheo_dropped_flows_evicted_packets_total", "Dropped packets that are counted with their reason and place, and whose flow made room for another one.");
    }

    public void Show(DropSnapshot? drops)
    {
        if (drops is null)
            return;
        ShowLosses(drops);
        _evicted.IncTo(drops.Ledger.LostFlows);
        var harmless = drops.Places.Where(place => !place.Meaning.IsLoss)
            .GroupBy(place => Named(_harmless, place.Reason) ? place.Reason : Other).ToDictionary(group => group.Key, Packets);
        foreach (var (reason, packets) in harmless.Append(new(Other, harmless.GetValueOrDefault(Other))))
            _letGo.WithLabels(reason).IncTo(packets);
    }

    private void ShowLosses(DropSnapshot drops)
    {
        var other = (Packets: (double)drops.Ledger.OtherPackets, Bytes: (double)drops.Ledger.OtherBytes);
        foreach (var group in drops.Places.Where(place => place.Meaning.IsLoss).GroupBy(place => (place.Reason, place.Place)))
        {
            var (packets, bytes) = (Packets(group), group.Sum(place => (double)place.Bytes));
            if (!Named(_named, group.Key))
            {
                other = (other.Packets + packets, other.Bytes + bytes);
                continue;
            }

            _packets.WithLabels(group.Key.Reason, Text.Printable(group.Key.Place)).IncTo(packets);
            _bytes.WithLabels(group.Key.Reason, Text.Printable(group.Key.Place)).IncTo(bytes);
        }

        _packets.WithLabels(Other, Other).IncTo(other.Packets);
        _bytes.WithLabels(Other, Other).IncTo(other.Bytes);
    }

    private static double Packets(IEnumerable<DropTotal> rows) => rows.Sum(row => (double)row.Packets);

    private static bool Named<T>(HashSet<T> named, T key) => named.Contains(key) || (named.Count < MostNamed && named.Add(key));
}
