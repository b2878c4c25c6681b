using Prometheus;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>
/// The page /metrics. Names: OpenTelemetry's where they exist, in Prometheus's translation; else <c>rheo_</c>. Labels are
/// bounded: transports and reasons are enumerations, interfaces are capped (see <see cref="InterfaceSeries"/>).
/// Threads: any; readers wait for each other, never for the capture.
/// </summary>
public sealed class PrometheusMetrics
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly SemaphoreSlim _one = new(1);
    private readonly InterfaceSeries _interfaces;
    private readonly ConversationSeries _conversations;
    private readonly OwnerSeries _owners;
    private readonly LedgerSeries _ledger;
    private readonly HealthSeries _health;
    private readonly HookSeries _hooks;
    private readonly SocketSeries _sockets;
    private readonly PartSeries _parts;
    private readonly DropSeries _drops;
    private readonly TcpSeries _tcp;
    private readonly AgentSeries _agent;
    private readonly StreamSeries _streams;
    private readonly RuntimeSeries _runtime;
    private TrafficSnapshot? _shown;

    /// <summary>An empty page, but for the build and the process.</summary>
    public PrometheusMetrics()
    {
        var factory = Metrics.WithCustomRegistry(_registry);
        _interfaces = new InterfaceSeries(factory);
        _conversations = new ConversationSeries(factory);
        _owners = new OwnerSeries(factory);
        _ledger = new LedgerSeries(factory);
        _health = new HealthSeries(factory);
        _hooks = new HookSeries(factory);
        _sockets = new SocketSeries(factory);
        _parts = new PartSeries(factory);
        _drops = new DropSeries(factory);
        _tcp = new TcpSeries(factory);
        _agent = new AgentSeries(factory);
        _streams = new StreamSeries(factory);
        _runtime = new RuntimeSeries(factory);
        var version = typeof(PrometheusMetrics).Assembly.GetName().Version!.ToString(3);
        factory.CreateGauge("rheo_build_info", "Always 1; the version is in its label.", "version").WithLabels(version).Set(1);
        DotNetStats.Register(_registry);
    }

    /// <summary>The processes of the agent, asked at each scrape.</summary>
    public Func<IEnumerable<ProcessUse>> Processes { get; init; } = () => [];

    /// <summary>What clients asked for, asked at each scrape.</summary>
    public Func<HttpUse> Http { get; init; } = () => HttpUse.None;

    /// <summary>Who watches through the agent, asked at each scrape.</summary>
    public Func<StreamUse> Streams { get; init; } = () => default;

    /// <summary>Writes the page as of a snapshot, in the classic text or in OpenMetrics.</summary>
    public async Task Write(Stream output, TrafficSnapshot? snapshot, bool openMetrics, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            Show(snapshot);
            _agent.Show(Processes(), Http());
            _streams.Show(Streams());
            _runtime.Show();
            var format = openMetrics ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText;
            await _registry.CollectAndExportAsTextAsync(output, format, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    private void Show(TrafficSnapshot? snapshot)
    {
        if (snapshot is null || ReferenceEquals(snapshot, _shown))
            return;
        _interfaces.Show(snapshot);
        _conversations.Show(snapshot);
        _owners.Show(snapshot.Owners);
        _ledger.Show(snapshot.Ledger);
        _health.Show(snapshot.Health);
        _hooks.Show(snapshot.Health.Interference, snapshot.Health.Sample);
        _sockets.Show(snapshot.Sockets);
        _parts.Show(snapshot.Parts);
        _drops.Show(snapshot.Drops);
        _tcp.Show(snapshot.Connections);
        _shown = snapshot;
    }
}
