using Prometheus;

namespace Rheo.Sinks;

/// <summary>The managed heap of the process that serves the page: what it holds, and how long its collections have stopped all threads.</summary>
internal sealed class RuntimeSeries(MetricFactory factory)
{
    private static readonly string[] s_generations = ["gen0", "gen1", "gen2", "loh", "poh"];

    private readonly Counter _pause = factory.CreateCounter("dotnet_gc_pause_time_seconds_total", "Time for which garbage collections have stopped all threads.");
    private readonly Gauge _committed = factory.CreateGauge(
        "dotnet_gc_last_collection_memory_committed_size_bytes", "Memory that the heap held at the end of the last collection.");
    private readonly Gauge _sizes = factory.CreateGauge(
        "dotnet_gc_last_collection_heap_size_bytes", "Size of the heap's parts at the end of the last collection.", "gc_heap_generation");

    /// <summary>Reads it, now.</summary>
    public void Show()
    {
        var last = GC.GetGCMemoryInfo(GCKind.Any);
        _pause.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
        _committed.Set(last.TotalCommittedBytes);
        for (var at = 0; at < last.GenerationInfo.Length && at < s_generations.Length; at++)
            _sizes.WithLabels(s_generations[at]).Set(last.GenerationInfo[at].SizeAfterBytes);
    }
}
