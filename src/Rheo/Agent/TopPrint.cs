using System.Diagnostics;
using System.Text;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Terminal;
using Rheo.Terminal.Live;
using Rheo.Terminal.Top;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo top --frames</c>: the live view's frames as plain text, for pipes, notes and tests.</summary>
internal static class TopPrint
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);
    private const int WidthOfPaper = 120;

    // The header, the settings, the headings.
    private const int LinesAbove = 3;

    /// <summary>Prints as many frames as were asked for, or until a stop is asked for.</summary>
    public static void Run(
        TopOptions options, Func<TrafficSourceOptions, ITrafficSource> open, Stream output, Screen screen, Glyphs glyphs,
        TextWriter messages, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var interval = options.Interval ?? Interval;
        using var source = open(new TrafficSourceOptions
        {
            Interfaces = options.Interfaces,
            Parts = [OptionalParts.Socket],
            Table = new ConversationTableOptions { MaxConversations = options.MaxConversations },
            ScanInterval = interval < Interval ? interval : Interval,
            GivesUpRights = true,
        });
        using var wake = stop.Register(source.Wake);
        source.Scan();
        var rows = options.Limit ?? TopOptions.DefaultPrinted;
        var reader = new TopReader(source, rows);
        var view = new TopView(glyphs, keys: false);
        var state = new TopState { Order = options.Order, Filter = options.Filter, Grouping = options.By };
        var width = screen.Width == int.MaxValue ? WidthOfPaper : screen.Width;
        using var text = new StreamWriter(output, new UTF8Encoding(false));
        for (var left = options.Frames ?? 1; left > 0 && !stop.IsCancellationRequested && source.Ended is null; left--)
        {
            Watch(source, reader, state, interval, stop);
            var snapshot = reader.Read(state, rows);
            var height = LinesAbove + Math.Clamp(snapshot.Rows.Count, 5, rows + 5);
            text.Write(view.Render(snapshot, Size.Sane(width, height) with { Height = height }, state));
            text.WriteLine(left > 1 ? "" : null);
            text.Flush();
        }

        new RunReport("rheo top", source, messages, since).End();
        if (source.Ended is { } reason)
            throw new IOException(reason);
    }

    private static void Watch(ITrafficSource source, TopReader reader, TopState state, TimeSpan interval, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested && source.Ended is null && interval - clock.Elapsed is var left && left > TimeSpan.Zero)
        {
            source.Poll(left < LongestWait ? left : LongestWait);
            reader.Sample(state);
        }

        source.Scan();
        reader.Sample(state);
    }
}
