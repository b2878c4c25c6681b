using Prometheus;

namespace Rheo.Sinks;

/// <summary>The programs at their hooks: what they cost, and what others have put in their way.</summary>
internal sealed class HookSeries(MetricFactory factory)
{
    private readonly Gauge _interference = factory.CreateGauge(
        "rheo_interference", "Hooks at which something of others stands in our way now, by kind.", "kind");
    private readonly Counter _noticed = factory.CreateCounter(
        "rheo_interference_noticed_total", "How often something of others was found in our way, by kind.", "kind");
    private readonly Counter _reattached = factory.CreateCounter(
        "rheo_reattached_total", "Programs of ours that somebody took away and that were attached again.");
    private readonly Counter _runs = factory.CreateCounter(
        "rheo_bpf_program_runs_total", "Runs of the program while its cost was sampled.", "program");
    private readonly Counter _runSeconds = factory.CreateCounter(
        "rheo_bpf_program_run_seconds_total", "Time spent in the program while its cost was sampled, over all CPUs.", "program");
    private readonly Gauge _perPacket = factory.CreateGauge(
        "rheo_bpf_program_packet_seconds", "Time the program takes for a packet (or super-packet), mean of the last sample.", "program");
    private readonly Counter _sampled = factory.CreateCounter(
        "rheo_bpf_sampled_seconds_total", "For how long the cost of the programs was sampled.");
    private readonly Gauge _permitted = factory.CreateGauge(
        "rheo_bpf_sampling_permitted", "1 when the kernel lets us sample (CAP_SYS_ADMIN), 0 when not or not tried yet.");

    public void Show(InterferenceState interference, ProgramSample sample)
    {
        for (var kind = InterferenceKind.Detached; kind <= InterferenceKind.SecondAgent; kind++)
        {
            _interference.WithLabels(Words.Of(kind)).Set(interference.Present.Count(one => one.Kind == kind));
            _noticed.WithLabels(Words.Of(kind)).IncTo(interference.Noticed[(int)kind]);
        }

        _reattached.IncTo(interference.Reattached);
        foreach (var program in sample.Programs)
        {
            _runs.WithLabels(program.Program).IncTo(program.Runs);
            _runSeconds.WithLabels(program.Program).IncTo(program.RunTimeNs / 1e9);
        }

        foreach (var program in sample.Last.Where(program => program.Runs > 0))
            _perPacket.WithLabels(program.Program).Set(program.RunTimeNs / 1e9 / program.Runs);
        _sampled.IncTo(sample.Seconds);
        _permitted.Set(sample.Permitted == true ? 1 : 0);
    }
}
