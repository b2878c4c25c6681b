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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PrometheusMetrics _metrics;
    private readonly DropReadings _dropReadings = new(TimeProvider.System);
    private volatile WebServer? _server;
    private volatile CaptureLoop? _loop;
    private volatile InterfaceNames? _interfaces;

    /// <summary>Nothing to show yet.</summary>
    /// <param name="greet">What to tell commands that watch through this agent, when one comes.</param>
    public AgentContent(Func<JournalHello> greet)
    {
        Relay = new TrafficRelay(greet);
        _metrics = new() { Processes = OwnProcesses, Http = () => _server?.Use ?? HttpUse.None, Streams = () => new StreamUse(Relay.Readers + Followers.Readers, Relay.Dropped + Followers.Dropped) };
    }

    /// <summary>The agent's processes: what each is for, and its id.</summary>
    public IReadOnlyList<(string Role, int Id)> Processes { get; set; } = [("agent", Environment.ProcessId)];

    /// <summary>The way by which queries reach the capture.</summary>
    public QueryQueue Queries { get; } = new();

    /// <summary>The way by which other processes watch through this one.</summary>
    public TrafficRelay Relay { get; }

    /// <summary>The way by which they follow connections.</summary>
    public ConnectionRelay Followers { get; } = new();

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
        Connections = Connections,
        Drops = Drops,
        Status = Status,
        Unhealthy = () => _loop?.Trouble,
        NotReady = () => _loop?.Latest is null ? "waiting for the first scan" : null,
    };

    /// <summary>What the Unix socket has beside it.</summary>
    public SocketContent Socket() => new() { Stream = Stream, Follow = Follow, Scan = _ => Relay.Scan() };

    private Task<SocketStream?> Stream(TimeSpan interval, CancellationToken cancel) => Stream(Relay.Read(interval), cancel);

    private Task<SocketStream?> Follow(ConnectionQuery query, CancellationToken cancel)
    {
        _loop?.AwaitParts(); // connections are a part's
        return Stream(Followers.Follow(query.Question.Choice), cancel);
    }

    private static async Task<SocketStream?> Stream(Task<ReaderQueue?> asked, CancellationToken cancel)
    {
        if (await asked is not { } queue)
            return null;
        cancel.Register(queue.Leave);
        return new SocketStream(queue.Next, queue.Stall);
    }

    private IEnumerable<ProcessUse> OwnProcesses() =>
        Processes.Select(process => ProcessUse.Of(process.Role, process.Id)).Where(use => use is not null).Select(use => use!.Value);

    private async Task<Answer?> Flows(FlowQuery query, CancellationToken cancel) =>
        _interfaces is { } interfaces && await Ask(new FlowQuestion(query), cancel) is { } answer
            ? (output, cancelled) => new FlowListJson(interfaces).Write(output, answer.TimeNs, answer.Total, answer.Ledger, answer.Flows, cancelled)
            : null;

    private async Task<Answer?> Connections(ConnectionQuery query, CancellationToken cancel)
    {
        _loop?.AwaitParts();
        return await Ask(new ConnectionsQuestion(query.Question), cancel) is { } answer
            ? (output, cancelled) => ConnectionListJson.Write(output, answer.List, answer.KnowsOwners, cancelled)
            : null;
    }

    private async Task<TAnswer?> Ask<TAnswer>(Question<TAnswer> question, CancellationToken cancel)
        where TAnswer : class, IQueryAnswer
    {
        if (_loop is not { } loop || Queries.Ask(question) is not { } asked)
            return null;
        loop.Wake();
        return await asked.WaitAsync(Patience, cancel);
    }

    // The kernel's tables are read beside the capture: they are its own, and no model stands between.
    private async Task<Answer?> Drops(DropQuery query, CancellationToken cancel)
    {
        if (_loop is not { Latest: not null } loop || _interfaces is not { } interfaces)
            return null;
        var read = loop.Part<DropCapture>() is { } part ? await _dropReadings.Read(part.Read).WaitAsync(cancel) : null;
        var drops = read?.Owned(loop.Part<ISocketOwners>());
        var view = new DropView(drops ?? DropSnapshot.Empty);
        var rows = view.Since(DropView.Nothing, query.By, query.All, query.Filter).Take(query.Limit);
        var asked = drops is null ? null : drops with { Examples = [.. view.Examples(query.All, query.Filter)] };
        var names = new DropNames(NetworkNamespaces.OwnInode(), index => interfaces[index], NetworkNamespaces.NameOf);
        return (output, cancelled) => new DropListJson(names).Write(output, asked, rows, cancelled);
    }

    private Answer? Status() => _loop?.Latest is { } latest
        ? (output, cancel) => StatusJson.Write(output, latest, Processes, NetworkNamespaces.OwnInode(), cancel)
        : null;
}
