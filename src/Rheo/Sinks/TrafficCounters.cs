using Prometheus;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>A pair of counters, bytes and packets, with the same labels.</summary>
internal sealed class TrafficCounters(Counter bytes, Counter packets)
{
    /// <summary>Brings both up to these totals.</summary>
    public void Set(Traffic traffic, params string[] labels)
    {
        bytes.WithLabels(labels).IncTo(traffic.Bytes);
        packets.WithLabels(labels).IncTo(traffic.Packets);
    }

    /// <summary>Takes away all series whose first labels have these values.</summary>
    public void Remove(params string[] first)
    {
        Remove(bytes, first);
        Remove(packets, first);
    }

    private static void Remove(Counter counter, string[] first)
    {
        foreach (var labels in counter.GetAllLabelValues().Where(labels => labels.AsSpan(0, first.Length).SequenceEqual(first)).ToArray())
            counter.RemoveLabelled(labels);
    }
}
