using Prometheus;

namespace Rheo.Sinks;

/// <summary>How well it is known whose the sockets are. Without the socket object nothing is shown.</summary>
internal sealed class SocketSeries(MetricFactory factory)
{
    private readonly Gauge _sockets = factory.CreateGauge(
        "rheo_sockets", "TCP and UDP sockets that are tracked, of all network namespaces; ended ones are remembered for a minute.", "state");
    private readonly Gauge _ownerless = factory.CreateGauge("rheo_unattributed_sockets", "Open sockets whose process is not known.");
    private readonly Gauge _processes = factory.CreateGauge("rheo_socket_processes", "Processes with sockets that are known.");
    private readonly Counter _letGo = factory.CreateCounter(
        "rheo_sockets_let_go_total", "Sockets that were forgotten before their time, since there was no room.");
    private readonly Counter _records = factory.CreateCounter("rheo_socket_records_total", "Moments of sockets and processes that the kernel told.");
    private readonly Counter _lost = factory.CreateCounter(
        "rheo_socket_records_lost_total", "Moments for which the kernel's ring had no room; the next walk puts right what they would have told.");
    private readonly Counter _walks = factory.CreateCounter("rheo_socket_walks_total", "Walks over all descriptors of all processes.");
    private readonly Counter _walkSeconds = factory.CreateCounter("rheo_socket_walk_seconds_total", "Time spent in these walks.");
    private readonly Gauge _lastWalk = factory.CreateGauge("rheo_last_socket_walk_duration_seconds", "How long the last one took.");

    public void Show(SocketHealth? health)
    {
        if (health is null)
        {
            Forget();
            return;
        }

        _sockets.WithLabels("open").Set(health.Counts.Live);
        _sockets.WithLabels("ended").Set(health.Counts.Ended);
        _ownerless.Set(health.Counts.Ownerless);
        _processes.Set(health.Counts.Processes);
        _letGo.IncTo(health.Counts.LetGo);
        _records.IncTo(health.Records);
        _lost.IncTo(health.LostRecords);
        _walks.IncTo(health.Walks);
        _walkSeconds.IncTo(health.WalkSeconds);
        _lastWalk.Set(health.LastWalkSeconds);
    }

    // What was counted stays, what stood is not known any more.
    private void Forget()
    {
        _sockets.RemoveLabelled("open");
        _sockets.RemoveLabelled("ended");
        _ownerless.Unpublish();
        _processes.Unpublish();
        _lastWalk.Unpublish();
    }
}
