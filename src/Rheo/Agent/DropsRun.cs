using System.Diagnostics;
using System.Globalization;
using Rheo.Capture;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Model.Drops;
using Rheo.Sinks;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo drops</c>.</summary>
internal static class DropsRun
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    /// <summary>Watches until the duration is over or a stop is asked for; prints once, or each second.</summary>
    public static void Run(DropsOptions options, Stream output, Screen screen, TextWriter messages, CancellationToken stop)
    {
        using var capture = Open(options, line => messages.WriteLine("rheo drops: " + line));
        var names = new DropNames(NetworkNamespaces.OwnInode(), DropCapture.InterfaceName, NetworkNamespaces.NameOf);
        var writer = Writer(options, output, screen, names);
        var before = capture.Before;
        messages.WriteLine($"rheo drops: watching what the kernel drops{Text.Printable(capture.Through)} {Ending(options)}");
        foreach (var warning in capture.Warnings)
            messages.WriteLine("rheo drops: warning: " + Text.Printable(warning));
        var clock = Stopwatch.StartNew();
        var shown = TimeSpan.Zero;
        var duration = options.Duration ?? (options.Follow ? TimeSpan.MaxValue : DropsOptions.DefaultDuration);
        while (!stop.IsCancellationRequested && duration - clock.Elapsed is var left && left > TimeSpan.Zero)
        {
            stop.WaitHandle.WaitOne(left < Round ? left : Round);
            capture.Poll();
            if (!options.Follow || clock.Elapsed - shown < FollowInterval)
                continue;
            before = Show(options, capture.Read(), before, writer);
            shown = clock.Elapsed;
        }

        var all = capture.Read();
        Show(options, all, before, writer);
        Report(all, capture.Before, clock.Elapsed, messages);
    }

    private static IDropSource Open(DropsOptions options, Action<string> say)
    {
        // Rows by flow or process, and those of a filter, are made of flows.
        var withFlows = options.By is DropGrouping.Flow or DropGrouping.Process || options.Filter is not null;
        return SourceChooser.Open<IDropSource>(
            options.Agent, path => RemoteDrops.Open(path, options.Filter, withFlows), () => OwnDrops.Open(options.ShowsOwners), say);
    }

    private static IDropWriter Writer(DropsOptions options, Stream output, Screen screen, DropNames names) => options.Output switch
    {
        OutputFormat.Json => new DropJsonWriter(output, names),
        OutputFormat.Yaml => new DropJsonWriter(output, names, isYaml: true),
        OutputFormat.Csv => new DropCsvWriter(output, names),
        var table => new DropTable(
            new StreamWriter(output, bufferSize: 32 * 1024), screen, names, options.Explain, options.Examples ? DropGrouping.Flow : options.By, table == OutputFormat.Wide, options.Follow),
    };

    private static DropSnapshot Show(DropsOptions options, DropSnapshot now, DropSnapshot before, IDropWriter writer)
    {
        var rows = options.Examples
            ? Examples(options, now, before.Examples.Select(example => example.TimeNs).DefaultIfEmpty(0).Last())
            : new DropView(now).Since(new DropView(before), options.By, options.All, options.Filter);
        foreach (var row in rows.Take(options.Limit ?? int.MaxValue))
            writer.Write(row);
        writer.Flush();
        return now;
    }

    private static IEnumerable<DropTotal> Examples(DropsOptions options, DropSnapshot now, long afterNs) => new DropView(now)
        .Examples(options.All, options.Filter)
        .Where(example => example.TimeNs > afterNs)
        .Select(example => example.Packet);

    private static string Ending(DropsOptions options) => options switch
    {
        { Duration: { } duration } => $"for {Units.Microseconds(duration.TotalMicroseconds)}; Ctrl-C ends it early",
        { Follow: true } => "until Ctrl-C",
        _ => $"for {Units.Microseconds(DropsOptions.DefaultDuration.TotalMicroseconds)}; Ctrl-C ends it early",
    };

    private static void Report(DropSnapshot all, DropSnapshot before, TimeSpan time, TextWriter messages)
    {
        var places = new DropView(all).Since(new DropView(before), DropGrouping.Place, harmlessToo: true).ToLookup(place => place.Meaning.IsLoss);
        messages.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rheo drops: {Words.Number(Sum(places[true]), "packet")} lost and {Sum(places[false]):#,0} let go that nobody misses, in {Units.Microseconds(time.TotalMicroseconds)}"));
        var (other, unseen) = (Since(all.Ledger.OtherPackets, before.Ledger.OtherPackets), Since(all.Ledger.Unseen, before.Ledger.Unseen));
        if (other > 0 || unseen > 0)
        {
            messages.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"rheo drops: warning: {other:#,0} more at places that found no room; {unseen:#,0} times the program could not run"));
        }
    }

    // An agent that began anew meanwhile counts from zero.
    private static ulong Since(ulong now, ulong then) => now >= then ? now - then : now;

    private static ulong Sum(IEnumerable<DropTotal> places) => places.Aggregate(0UL, (sum, place) => sum + place.Packets);
}
