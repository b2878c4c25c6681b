using System.Diagnostics;
using System.Globalization;
using Rheo.Capture;
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

    /// <summary>Watches until the duration is over or a stop is asked for; prints once, or what opens and ends.</summary>
    public static void Run(ConnsOptions options, Stream output, Screen screen, TextWriter messages, CancellationToken stop)
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        using var owners = Owners(messages);
        using var capture = TcpCapture.Open(table, tellsOpened: options.Follow);
        var view = new ConnsView(options, Writer(options, output, screen), cookie => owners?.FindByCookie(cookie) ?? []);
        messages.WriteLine($"rheo conns: watching {Ending(options)}");
        var clock = Stopwatch.StartNew();
        capture.Walk();
        if (options.Follow)
            view.Follow(table);
        var duration = options.Duration ?? (options.Follow ? TimeSpan.MaxValue : ConnsOptions.DefaultDuration);
        while (!stop.IsCancellationRequested && !view.IsFull && duration - clock.Elapsed is var left && left > TimeSpan.Zero)
        {
            Thread.Sleep(left < Step ? left : Step);
            capture.Walk();
            view.Flush();
        }

        var all = table.Snapshot(capture.NowNs);
        if (!options.Follow)
            view.Show(all);
        Report(all, messages);
    }

    // Whose a connection is can be left unknown, with one warning.
    private static SocketCapture? Owners(TextWriter messages)
    {
        try
        {
            return SocketCapture.Open();
        }
        catch (MissingSupportException refused)
        {
            messages.WriteLine($"rheo conns: warning: processes are not known: {Text.Printable(refused.Message)}");
            return null;
        }
    }

    private static string Ending(ConnsOptions options) => options switch
    {
        { Duration: { } duration } => $"for {Units.Microseconds(duration.TotalMicroseconds)}; Ctrl-C ends it early",
        { Follow: true } => "until Ctrl-C",
        _ => $"for {Units.Microseconds(ConnsOptions.DefaultDuration.TotalMicroseconds)}; Ctrl-C ends it early",
    };

    private static IConnectionWriter Writer(ConnsOptions options, Stream output, Screen screen) => options.Output switch
    {
        OutputFormat.Json => new ConnectionJsonWriter(output),
        OutputFormat.Yaml => new ConnectionJsonWriter(output, isYaml: true),
        OutputFormat.Csv => new ConnectionCsvWriter(output),
        var table => new ConnectionRows(
            new StreamWriter(output, bufferSize: 32 * 1024), screen, table == OutputFormat.Wide, options.Listening, options.Follow),
    };

    private static void Report(ConnectionSnapshot all, TextWriter messages)
    {
        var totals = all.Totals;
        messages.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rheo conns: {all.Connections.Count(connection => !connection.IsEnded):#,0} connections, {all.Queues.Count:#,0} listening; {totals.Opened:#,0} opened from here, {totals.Accepted:#,0} accepted, {totals.Retransmits.Total:#,0} segments sent again"));
        if (totals.LostMoments + totals.LostSockets + all.Untold > 0)
        {
            messages.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"rheo conns: warning: {totals.LostMoments:#,0} openings or ends were not told, {totals.LostSockets + all.Untold:#,0} connections found no room"));
        }
    }
}
