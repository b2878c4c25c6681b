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
        using var capture = OwnDrops.Open(options.ShowsOwners);
        var names = new DropNames(NetworkNamespaces.OwnInode(), DropCapture.InterfaceName, NetworkNamespaces.NameOf);
        IDropWriter writer = options.Output == DropsFormat.Json
            ? new DropJsonWriter(output, names)
            : new DropTable(new StreamWriter(output, bufferSize: 32 * 1024), screen, names, options.Explain);
        var before = DropSnapshot.Empty;
        messages.WriteLine($"rheo drops: watching what the kernel drops {Ending(options)}");
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
        Report(all, clock.Elapsed, messages);
    }

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

    private static IEnumerable<DropTotal> Examples(DropsOptions options, DropSnapshot now, long afterNs) => now.Examples
        .Where(example => example.TimeNs > afterNs && (options.All || example.Packet.Meaning.IsLoss))
        .Select(example => example.Packet)
        .Where(packet => options.Filter is null || (packet.Conversation is { } flow && options.Filter.Matches(in flow)));

    private static string Ending(DropsOptions options) => options switch
    {
        { Duration: { } duration } => $"for {Units.Microseconds(duration.TotalMicroseconds)}; Ctrl-C ends it early",
        { Follow: true } => "until Ctrl-C",
        _ => $"for {Units.Microseconds(DropsOptions.DefaultDuration.TotalMicroseconds)}; Ctrl-C ends it early",
    };

    private static void Report(DropSnapshot all, TimeSpan time, TextWriter messages)
    {
        var lost = all.Places.Where(place => place.Meaning.IsLoss).Aggregate(0UL, (sum, place) => sum + place.Packets);
        var other = all.Places.Where(place => !place.Meaning.IsLoss).Aggregate(0UL, (sum, place) => sum + place.Packets);
        messages.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rheo drops: {lost:#,0} packets lost and {other:#,0} let go that nobody misses, in {Units.Microseconds(time.TotalMicroseconds)}"));
        if (all.Ledger is var ledger && (ledger.OtherPackets > 0 || ledger.Unseen > 0))
        {
            messages.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"rheo drops: warning: {ledger.OtherPackets:#,0} more at places that found no room; {ledger.Unseen:#,0} times the program could not run"));
        }
    }
}
