using Rheo.Capture;
using Rheo.Journal;
using Rheo.Model.Drops;
using Rheo.Model.Owners;
using Rheo.Sinks;
using Rheo.Web;

namespace Rheo.Agent;

/// <summary>What the agent's server shows, from before the capture runs until after it ended. Threads: any.</summary>
internal sealed class AgentContent
{
    private readonly PrometheusMetrics _metrics;
    private volatile WebServer? _server;
    private volatile CaptureLoop? _loop;
    private volatile InterfaceNames? _interfaces;

    /// <summary>Nothing to show yet.</summary>
    /// <param name="greeting">What to tell commands that watch through this agent.</param>
    public AgentContent(JournalHello greeting)
    {
        Relay = new TrafficRelay(() => greeting);
        _metrics = new() { Processes = OwnProcesses, Http = () => _server?.Use ?? HttpUse.None, Streams = () => new StreamUse(Relay.Readers, Relay.Dropped) };
    }

    /// <summary>The agent's processes: what each is for, and its id.</summary>
    public IReadOnlyList<(string Role, int Id)> Processes { get; set; } = [("agent", Environment.ProcessId)];

    /// <summary>The way by which queries reach the capture.</summary>
    public QueryQueue Queries { get; } = new();

    /// <summary>The way by which other processes watch through this one.</summary>
    public TrafficRelay Relay { get; }

    /// <summary>From now on this loop is shown.</summary>
    public void Watch(CaptureLoop loop, InterfaceNames interfaces, WebServer server)
    {
        _server = server;
        _interfaces = interfaces;
        _loop = loop;
    }

    /// <summary>The same as the server takes it.</summary>
    public WebContent Web() => new()
    {
        Metrics = (output, open, cancel) => _metrics.Write(output, _loop?.Latest, open, cancel),
        Flows = Flows,
        Drops = Drops,
        Status = Status,
        Unhealthy = () => _loop?.Trouble,
        NotReady = () => _loop?.Latest is null ? "waiting for the first scan" : null,
    };

    /// <summary>What the Unix socket has beside it.</summary>
    public SocketContent Socket() => new() { Stream = Stream, Scan = _ => Relay.Scan() };

    private async Task<SocketStream?> Stream(TimeSpan interval, CancellationToken cancel)
    {
        if (await Relay.Read(interval) is not { } queue)
            return null;
        cancel.Register(queue.Leave);
        return new SocketStream(queue.Next, queue.Stall);
    }

    private IEnumerable<ProcessUse> OwnProcesses() =>
        Processes.Select(process => ProcessUse.Of(process.Role, process.Id)).Where(use => use is not null).Select(use => use!.Value);

    private async Task<Answer?> Flows(FlowQuery query, CancellationToken cancel)
    {
        if (_interfaces is not { } interfaces || Queries.Ask(query) is not { } asked)
            return null;
        _loop?.Wake();
        var answer = await asked.WaitAsync(TimeSpan.FromSeconds(5), cancel);
        return (output, cancelled) =>
            new FlowListJson(interfaces).Write(output, answer.TimeNs, answer.Total, answer.Ledger, answer.Flows, cancelled);
    }

    // The kernel's tables are read here and now: they are its own, and no model stands between.
    private Answer? Drops(DropQuery query)
    {
        if (_loop is not { Latest: not null } loop || _interfaces is not { } interfaces)
            return null;
        var drops = loop.Part<DropCapture>()?.Read().Owned(loop.Part<ISocketOwners>());
        var rows = drops is null ? [] : new DropView(drops).Since(DropView.Nothing, query.By, query.All, query.Filter).Take(query.Limit);
        var names = new DropNames(NetworkNamespaces.OwnInode(), index => interfaces[index], NetworkNamespaces.NameOf);
        return (output, cancel) => new DropListJson(names).Write(output, drops, rows, cancel);
    }

    private Answer? Status() => _loop?.Latest is { } latest
        ? (output, cancel) => StatusJson.Write(output, latest, cancel)
        : null;
}
