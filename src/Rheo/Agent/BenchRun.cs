using Rheo.Bench;
using Rheo.Cli;
using Rheo.Sinks;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo bench</c>: measures, prints, and writes the file.</summary>
internal static class BenchRun
{
    /// <summary>Runs to the end, or until a stop is asked for.</summary>
    public static void Run(BenchOptions options, Stream output, Screen screen, TextWriter messages, CancellationToken stop)
    {
        Requirements.Check();
        // Before the minutes that it takes, not after them.
        var file = ResultFile.At(options.File);
        var comparison = Compare(options, messages, stop);
        var document = ComparisonJson.Write(comparison);
        if (options.Output == ReportFormat.Json)
            output.Write(document);
        else
            Print(new ComparisonTable(comparison), output, screen);
        file.Write(document);
        messages.WriteLine($"rheo bench: every round, and what it ran on, is in {Text.Printable(options.File)}");
    }

    private static Measured.Comparison Compare(BenchOptions options, TextWriter messages, CancellationToken stop)
    {
        using var progress = ProgressLine.OnStandardError("rheo bench", messages);
        var plan = new Plan(options.Duration, options.Rounds, options.Rates, options.Only);
        return Comparing.Run(plan, step => progress.Show(step.Done, step.Total, step.What), stop);
    }

    private static void Print(ComparisonTable table, Stream output, Screen screen)
    {
        using var writer = new StreamWriter(output, leaveOpen: true);
        table.Write(writer, screen);
    }
}
