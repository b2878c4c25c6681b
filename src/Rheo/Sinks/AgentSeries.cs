using Prometheus;

namespace Rheo.Sinks;

/// <summary>The agent itself: its processes, and what clients ask of it.</summary>
internal sealed class AgentSeries(MetricFactory factory)
{
    private readonly Counter _cpu = factory.CreateCounter("rheo_process_cpu_seconds_total", "CPU time of the agent's process, user and kernel.", "role");
    private readonly Gauge _resident = factory.CreateGauge("rheo_process_resident_memory_bytes", "Memory that the agent's process holds.", "role");
    private readonly Gauge _started = factory.CreateGauge("rheo_process_start_time_seconds", "When the agent's process started.", "role");
    private readonly Counter _requests = factory.CreateCounter("rheo_http_requests_total", "HTTP requests answered.", "path", "code");
    private readonly Gauge _connections = factory.CreateGauge("rheo_http_connections", "HTTP connections that are open now.");
    private readonly Counter _refused = factory.CreateCounter(
        "rheo_http_connections_refused_total", "HTTP connections closed at once, since there were too many.");
    private readonly Dictionary<string, (int Id, double Before)> _lives = [];

    public void Show(IEnumerable<ProcessUse> processes, HttpUse http)
    {
        foreach (var process in processes)
        {
            _cpu.WithLabels(process.Role).IncTo(Lasting(process));
            _resident.WithLabels(process.Role).Set(process.ResidentBytes);
            _started.WithLabels(process.Role).Set(process.StartedSeconds);
        }

        foreach (var kind in http.Requests)
            _requests.WithLabels(kind.Path, kind.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)).IncTo(kind.Count);
        _connections.Set(http.Connections);
        _refused.IncTo(http.Refused);
    }

    // A process that was started again counts on from where its predecessor was last seen.
    private double Lasting(in ProcessUse process)
    {
        if (!_lives.TryGetValue(process.Role, out var life))
            _lives[process.Role] = life = (process.Id, 0);
        else if (life.Id != process.Id)
            _lives[process.Role] = life = (process.Id, _cpu.WithLabels(process.Role).Value);
        return life.Before + process.CpuSeconds;
    }
}
