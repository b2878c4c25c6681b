using Prometheus;

namespace Rheo.Sinks;

/// <summary>The capture itself: how full its tables and rings are, how often it wakes up, how long it scans.</summary>
internal sealed class HealthSeries(MetricFactory factory)
{
    private readonly Gauge _entries = factory.CreateGauge("rheo_table_entries", "Entries in use.", "table");
    private readonly Gauge _tableSize = factory.CreateGauge("rheo_table_size", "Entries that there is room for.", "table");
    private readonly Gauge _used = factory.CreateGauge(
        "rheo_ring_used_bytes", "The most that waited in the ring at once between the last two scans.", "ring");
    private readonly Gauge _ringSize = factory.CreateGauge("rheo_ring_size_bytes", "Size of the ring.", "ring");
    private readonly Counter _wakeUps = factory.CreateCounter("rheo_wakeups_total", "Wake-ups of the thread that reads the kernel's tables and rings.");
    private readonly Counter _scans = factory.CreateCounter("rheo_scans_total", "Scans of the kernel's tables.");
    private readonly Counter _scanSeconds = factory.CreateCounter("rheo_scan_seconds_total", "Time spent in scans.");
    private readonly Gauge _lastScan = factory.CreateGauge("rheo_last_scan_duration_seconds", "How long the last scan took.");

    public void Show(CaptureHealth health)
    {
        foreach (var table in health.Tables)
        {
            _entries.WithLabels(table.Name).Set(table.Used);
            _tableSize.WithLabels(table.Name).Set(table.Size);
        }

        foreach (var ring in health.Rings)
        {
            _used.WithLabels(ring.Name).Set(ring.Used);
            _ringSize.WithLabels(ring.Name).Set(ring.Size);
        }

        _wakeUps.IncTo(health.WakeUps);
        _scans.IncTo(health.Scans);
        _scanSeconds.IncTo(health.ScanSeconds);
        _lastScan.Set(health.LastScanSeconds);
    }
}
