using System.Diagnostics;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Keeps the books of the reading itself: wake-ups, scans, how full the rings were. Threads: the polling thread.</summary>
internal sealed class HealthBook(params RingBuffer[] rings)
{
    private readonly long[] _peaks = new long[rings.Length];
    private ulong _wakeUps;
    private ulong _scans;
    private double _scanSeconds;

    /// <summary>The state as of the last scan, without what others know.</summary>
    internal CaptureHealth Health { get; private set; } = CaptureHealth.Empty;

    /// <summary>The thread woke up, and looks at what waits in the rings.</summary>
    internal void Woke()
    {
        _wakeUps++;
        for (var ring = 0; ring < rings.Length; ring++)
            _peaks[ring] = Math.Max(_peaks[ring], rings[ring].AvailableBytes);
    }

    /// <summary>A scan has ended.</summary>
    internal void Scanned(long began, IReadOnlyList<Fill> tables, InterferenceState interference, ProgramSample sample)
    {
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Health = new CaptureHealth
        {
            Tables = tables,
            Rings = [.. rings.Select((ring, at) => new Fill(ring.Name, _peaks[at], ring.CapacityBytes))],
            WakeUps = _wakeUps,
            Scans = ++_scans,
            ScanSeconds = _scanSeconds += seconds,
            LastScanSeconds = seconds,
            Interference = interference,
            Sample = sample,
        };
        Array.Clear(_peaks);
    }
}
