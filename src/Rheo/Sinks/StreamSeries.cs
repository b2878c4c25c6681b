using Prometheus;

namespace Rheo.Sinks;

/// <summary>Commands that watch through the agent's socket.</summary>
internal sealed class StreamSeries(MetricFactory factory)
{
    private readonly Gauge _readers = factory.CreateGauge("rheo_streams", "Commands that watch through the agent now.");
    private readonly Counter _dropped = factory.CreateCounter(
        "rheo_streams_dropped_total", "Commands that were dropped because they did not keep up with the traffic.");

    public void Show(StreamUse use)
    {
        _readers.Set(use.Readers);
        _dropped.IncTo(use.Dropped);
    }
}
