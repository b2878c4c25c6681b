using System.Globalization;
using Prometheus;
using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>
/// The queues of listeners: those that are fullest have a series each, the rest is one sum. One that has let somebody go keeps its series for
/// as long as it listens: what it let go would else be news of the sum. One that gets a series later begins with what it had let go at the
/// scrape before, since Prometheus takes what a series begins with for old.
/// </summary>
internal sealed class ListenSeries(MetricFactory factory)
{
    /// <summary>Listeners with series of their own: 64.</summary>
    private const int Most = 64;

    private const string Other = "other";
    private static readonly string[] Labels = ["address", "port", "netns"];

    private readonly Gauge _length = factory.CreateGauge("rheo_listen_queue_length", "Connections that wait to be accepted.", Labels);
    private readonly Gauge _limit = factory.CreateGauge("rheo_listen_queue_limit", "What listen() allows to wait.", Labels);
    private readonly Gauge _drops = factory.CreateGauge("rheo_listen_drops", "Attempts to connect that the listener let go since it listens.", Labels);
    private readonly HashSet<string[]> _shown = new(LabelComparer.Instance);
    private Dictionary<string[], long>? _before; // what each had let go at the scrape before; null: there was none

    public void Show(IReadOnlyList<ListenQueue> queues)
    {
        // Those that share an address (SO_REUSEPORT) are one, however many there are.
        var listeners = queues.GroupBy(LabelsOf, LabelComparer.Instance).ToList();
        var groups = listeners
            .OrderByDescending(group => _shown.Contains(group.Key) && group.Any(queue => queue.Drops > 0))
            .ThenByDescending(group => group.Sum(queue => queue.Drops)).ThenByDescending(group => group.Sum(queue => queue.Length)).ThenBy(group => group.First().Local)
            .SelectMany((group, rank) => group.Select(queue => (Labels: rank < Most ? group.Key : [Other, Other, Other], queue)))
            .GroupBy(pair => pair.Labels, pair => pair.queue, LabelComparer.Instance).ToList();
        foreach (var gone in _shown.Except(groups.Select(group => group.Key), LabelComparer.Instance).ToList())
            Remove(gone);
        foreach (var group in groups)
        {
            var drops = group.Sum(queue => queue.Drops);
            var isNew = _shown.Add(group.Key) && _before is not null && group.Key[0] != Other;
            _length.WithLabels(group.Key).Set(group.Sum(queue => queue.Length));
            _limit.WithLabels(group.Key).Set(group.Sum(queue => queue.Limit));
            _drops.WithLabels(group.Key).Set(isNew ? Math.Min(drops, _before!.GetValueOrDefault(group.Key)) : drops);
        }

        _before = listeners.ToDictionary(group => group.Key, group => group.Sum(queue => queue.Drops), LabelComparer.Instance);
    }

    /// <summary>Nobody tells of them any more.</summary>
    public void Forget()
    {
        foreach (var labels in _shown.ToList())
            Remove(labels);
        _before = null;
    }

    private void Remove(string[] labels)
    {
        _shown.Remove(labels);
        _length.RemoveLabelled(labels);
        _limit.RemoveLabelled(labels);
        _drops.RemoveLabelled(labels);
    }

    private static string[] LabelsOf(ListenQueue queue) =>
    [
        queue.Local.Address.ToString(), queue.Local.Port.ToString(CultureInfo.InvariantCulture), queue.Namespace.ToString(CultureInfo.InvariantCulture),
    ];

    private sealed class LabelComparer : IEqualityComparer<string[]>
    {
        public static readonly LabelComparer Instance = new();

        public bool Equals(string[]? left, string[]? right) => left is not null && right is not null && left.SequenceEqual(right);

        public int GetHashCode(string[] labels) => HashCode.Combine(labels[0], labels[1], labels[^1]);
    }
}
