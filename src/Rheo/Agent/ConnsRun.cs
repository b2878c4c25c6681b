using System.Diagnostics;
using System.Globalization;
using Rheo.Cli;
using Rheo.Model.Connections;
using Rheo.Sinks;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo conns</c>.</summary>
internal static class ConnsRun
{
    /// <summary>Between two walks: short enough to see whose turn it is.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(new ConnectionTableOptions().KeepEndedNs / 1e9);

    /// <summary>Watches until the duration is over or a stop is asked for; prints once, or what opens and ends.</summary>
    public static void Run(ConnsOptions options, Stream output, Screen screen, TextWriter messages, CancellationToken stop)
    {
        var view = new ConnsView(Writer(options, output, screen), options.Limit);
        using var source = Open(options, options.Follow ? view.Tell : null, line => messages.WriteLine("rheo conns: " + line));
        messages.WriteLine($"rheo conns: watching{Text.Printable(source.Through)} {Ending(options)}");
        var clock = Stopwatch.StartNew();
        var duration = options.Follow ? options.Duration ?? TimeSpan.MaxValue : Duration(options);
        if (!options.Follow && source.Through.Length > 0 && duration > Kept)
            messages.WriteLine($"rheo conns: of what is over by then, an agent tells the last {Kept.TotalSeconds:0} s; --follow tells all");
        while (!stop.IsCancellationRequested && !view.IsFull && source.Ended is null && duration - clock.Elapsed is var left && left > TimeSpan.Zero)
        {
            stop.WaitHandle.WaitOne(left < Step ? left : Step);
            source.Poll();
            if (options.Follow)
                view.Flush(); // what comes all at once is fitted into columns all at once
        }

        if (source.Ended is { } reason)
            throw new IOException($"{reason}; what was seen until then is printed");
        var all = source.Read();
        if (!options.Follow)
            view.Show(all);
        if (!options.Follow && Cut(all, options.Limit) is { } cut)
            messages.WriteLine("rheo conns: warning: " + cut);
        Report(all, messages);
    }

    private static IConnectionSource Open(ConnsOptions options, Action<Connection>? told, Action<string> say)
    {
        // Who follows has printed all, and wants the sums alone.
        var question = new ConnectionQuestion(options.Choice, options.Order, options.Listening, options.Follow ? 1 : options.Limit ?? int.MaxValue);
        return SourceChooser.Open<IConnectionSource>(
            options.Agent, path => RemoteConnections.Open(path, question, told), () => OwnConnections.Open(question, Duration(options), told, say), say);
    }

    private static TimeSpan Duration(ConnsOptions options) => options.Duration ?? ConnsOptions.DefaultDuration;

    private static string Ending(ConnsOptions options) => options switch
    {
        { Follow: true, Duration: null } => "until Ctrl-C",
        _ => $"for {Units.Microseconds(Duration(options).TotalMicroseconds)}; Ctrl-C ends it early",
    };

    private static IConnectionWriter Writer(ConnsOptions options, Stream output, Screen screen) => options.Output switch
    {
        OutputFormat.Json => new ConnectionJsonWriter(output),
        OutputFormat.Yaml => new ConnectionJsonWriter(output, isYaml: true),
        OutputFormat.Csv => new ConnectionCsvWriter(output),
        var table => new ConnectionRows(
            new StreamWriter(output, bufferSize: 32 * 1024), screen, table == OutputFormat.Wide, options.Listening, options.Follow),
    };

    /// <summary>What to say where fewer are shown than were asked for; null: all are.</summary>
    internal static string? Cut(ConnectionList all, int? limit)
    {
        var shown = all.Connections.Count + all.Queues.Count;
        return shown < all.Matched && shown < (limit ?? int.MaxValue)
            ? string.Create(CultureInfo.InvariantCulture, $"{all.Matched:#,0} fit, and an agent tells {shown:#,0} at most; --agent never shows all")
            : null;
    }

    private static void Report(ConnectionList all, TextWriter messages)
    {
        var totals = all.Totals;
        messages.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rheo conns: {Words.Number((ulong)all.Live, "connection")}, {all.Listening:#,0} listening; {totals.Opened:#,0} opened from here, {totals.Accepted:#,0} accepted, {Words.Number(totals.Retransmits.Total, "segment")} sent again"));
        if (totals.LostMoments + totals.LostChanges + totals.LostSockets + all.Untold > 0)
        {
            messages.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"rheo conns: warning: {totals.LostMoments:#,0} openings or ends were not told, {Words.Number(totals.LostChanges, "change")} of state not seen, {Words.Number(totals.LostSockets + all.Untold, "connection")} found no room"));
        }
    }
}
