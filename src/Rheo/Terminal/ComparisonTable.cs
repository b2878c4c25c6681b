using System.Globalization;
using Rheo.Measured;

namespace Rheo.Terminal;

/// <summary>What <c>rheo bench</c> found, for a person.</summary>
public sealed class ComparisonTable(Comparison comparison)
{
    private const string Unknown = "-";

    private static readonly Column[] Columns =
    [
        new("PACKETS/S", Right: true), new("WATCHED BY"), new("% OF A CORE", Right: true), new("NOISE", Right: true), new("VS RHEO", Right: true),
        new("SENT", Right: true, Spare: 1), new("RECEIVED", Right: true), new("SEEN", Right: true), new("MISSED", Right: true),
    ];

    /// <summary>Prints it all.</summary>
    public void Write(TextWriter output, Screen screen)
    {
        WriteHead(output);
        var table = new Table(Columns);
        foreach (var rate in comparison.Rates)
            Add(table, rate);
        table.Write(output, screen);
        WriteFoot(output);
    }

    private void WriteHead(TextWriter output)
    {
        var (machine, layout) = (comparison.Machine, comparison.Layout);
        output.WriteLine(Text.Printable(Format(
            $"rheo {comparison.Version}, Linux {machine.Kernel}, {machine.Cpu}, {machine.Cpus} CPUs, load {machine.Load} before, {comparison.LoadAfter} after")));
        output.WriteLine(Format(
            $"{layout.Flows:#,0} flows, frames of {layout.FrameBytes} bytes made on CPU {layout.SenderCpu}, received and watched on CPU {layout.ReceiverCpu}; {Times(layout)}"));
        output.WriteLine();
    }

    private void WriteFoot(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("% OF A CORE: kernel and user space, beyond the reception by itself. NOISE: half the distance of the rounds' ends.");
        if (comparison.Layout.SharedCore)
            output.WriteLine("Both CPUs are threads of one core: the sender slows the receiver down, and every figure is too high.");
        foreach (var watcher in comparison.Watchers.Where(watcher => watcher.State == WatcherState.NotInstalled))
            output.WriteLine($"{watcher.Name}: not installed");
        foreach (var watcher in comparison.Watchers.Where(watcher => watcher.State == WatcherState.Failed))
            output.WriteLine($"{watcher.Name}: does not run here: {Text.Printable(watcher.Note)}");
    }

    private static void Add(Table table, RateResult rate)
    {
        table.Add([Format($"{rate.PacketsPerSecond:#,0}"), .. Cells(rate.Reception)]);
        foreach (var row in rate.Rows)
            table.Add(["", .. Cells(row)]);
    }

    private static string[] Cells(RowResult row) =>
    [
        row.Watcher, Digits(row.CorePercent.Median), Noise(row), row.AgainstRheo is { } against ? Digits(against.Median) + "x" : Unknown,
        Format($"{row.Packets.Sent:#,0}"), Format($"{row.Packets.Received:#,0}"), Count(row.Packets.Seen), Count(row.Packets.Missed),
    ];

    // One round says nothing about the next.
    private static string Noise(RowResult row) =>
        row.Rounds.Count > 1 ? "±" + Digits((row.CorePercent.Max - row.CorePercent.Min) / 2) : Unknown;

    private static string Times(ComparisonLayout layout) =>
        Format($"each {layout.Seconds:0.###} s long, {(layout.Rounds == 1 ? "once" : $"median of {layout.Rounds} rounds")}");

    private static string Count(long? packets) => packets is { } count ? Format($"{count:#,0}") : Unknown;

    private static string Digits(double value) =>
        value.ToString(Math.Abs(value) switch { >= 99.95 => "#,0", >= 9.995 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
