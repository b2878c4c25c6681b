using System.Diagnostics;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Sinks;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo flows</c>: watches, prints, and says on the message stream what it did.</summary>
internal static class FlowsRun
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until the duration is over, the limit is reached or a stop is asked for.</summary>
    public static void Run(
        FlowsOptions options, Func<TrafficSourceOptions, ITrafficSource> open, Stream output, Screen screen, TextWriter messages,
        CancellationToken stop)
    {
        ITrafficSource? opened = null;
        var names = new InterfaceNames(index => opened?.InterfaceName(index) ?? FilterContext.Empty.InterfaceName(index));
        options = options with { Filter = options.Filter.In(names.Context) };
        var ended = new EndedFlows(options.Filter, options.MaxConversations);
        var since = Stopwatch.GetTimestamp();
        using var source = opened = open(new TrafficSourceOptions
        {
            Interfaces = options.Interfaces,
            Table = new ConversationTableOptions { MaxConversations = options.MaxConversations },
            Ended = ended,
            Parts = ShowsOwners(options) ? [OptionalParts.Socket] : [],
            // Who follows sees flows at once; what is printed once, at the end, is to have its owners from the first packet on.
            FlowsFirst = options.Follow,
            GivesUpRights = true,
            // A new conversation is to show within 300 ms.
            ScanInterval = options.Follow ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1),
        });
        using var wake = stop.Register(source.Wake);
        var report = new RunReport("rheo flows", source, messages, since);
        report.Begin(Ending(options));
        var writer = Writer(options, output, screen, names);
        IFlowsView view = options.Follow ? new FollowView(options, source, ended, writer) : new FinalView(options, source, ended, writer);
        Watch(source, view, report, Duration(options), stop);
        source.Scan();
        view.End();
        report.End(ended.NotKept);
        if (source.Ended is { } reason)
            throw new IOException($"{reason}; what was seen until then is printed");
    }

    // The narrow table shows no owner: nothing is loaded for it.
    private static bool ShowsOwners(FlowsOptions options) => options.Output != OutputFormat.Table || options.Filter.NeedsOwners;

    private static void Watch(ITrafficSource source, IFlowsView view, RunReport report, TimeSpan duration, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested && !view.IsFull && source.Ended is null && duration - clock.Elapsed is var left && left > TimeSpan.Zero)
        {
            source.Poll(left < LongestWait ? left : LongestWait);
            view.Scanned();
            report.Warn();
        }
    }

    private static TimeSpan Duration(FlowsOptions options) =>
        options.Duration ?? (options.Follow ? TimeSpan.MaxValue : FlowsOptions.DefaultDuration);

    private static string Ending(FlowsOptions options) =>
        Duration(options) is var duration && duration == TimeSpan.MaxValue
            ? "until Ctrl-C"
            : $"for {Units.Microseconds(duration.TotalMicroseconds)}; Ctrl-C ends it early";

    private static IFlowWriter Writer(FlowsOptions options, Stream output, Screen screen, InterfaceNames names) => options.Output switch
    {
        OutputFormat.Json => new JsonLinesWriter(output, names),
        OutputFormat.Yaml => new YamlWriter(output, names),
        OutputFormat.Csv => new CsvWriter(output, names),
        var table => new FlowTable(
            new StreamWriter(output, bufferSize: 32 * 1024), screen, names, table == OutputFormat.Wide, options.Follow),
    };
}
