using Prometheus;

namespace Rheo.Sinks;

/// <summary>The optional kernel objects.</summary>
internal sealed class PartSeries(MetricFactory factory)
{
    private readonly Gauge _loaded = factory.CreateGauge(
        "rheo_kernel_object_loaded", "1 when the optional kernel object is loaded, attached and read, 0 when it could not be.", "object");

    public void Show(IReadOnlyList<PartState> parts)
    {
        foreach (var part in parts)
            _loaded.WithLabels(part.Name).Set(part.IsLoaded ? 1 : 0);
    }
}
