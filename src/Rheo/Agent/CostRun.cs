using System.Diagnostics;
using Rheo.Capture;
using Rheo.Cli;
using Rheo.Sinks;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo cost</c>.</summary>
internal static class CostRun
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures the running agent, or else a capture of its own, and prints what it costs.</summary>
    public static void Run(
        CostOptions options, Func<TrafficSourceOptions, ITrafficSource> open, Stream output, Screen screen, TextWriter messages, CancellationToken stop)
    {
        var report = Measure(options.Duration, open, messages, stop);
        if (options.Output == ReportFormat.Json)
        {
            CostJson.Write(output, report);
            return;
        }

        using var text = new StreamWriter(output);
        CostTable.Write(text, screen, report);
    }

    private static CostReport Measure(TimeSpan duration, Func<TrafficSourceOptions, ITrafficSource> open, TextWriter messages, CancellationToken stop)
    {
        using var agent = CostMeter.OfAgent();
        if (agent is not null)
        {
            stop.WaitHandle.WaitOne(duration);
            return agent.Read();
        }

        messages.WriteLine("rheo cost: no agent runs; measuring a capture of this command's own");
        using var source = open(new TrafficSourceOptions());
        while (source.IsAttaching)
            source.Poll(TimeSpan.Zero);
        using var own = CostMeter.OfThisProcess();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration && !stop.IsCancellationRequested;)
            source.Poll(duration - clock.Elapsed is var left && left < LongestWait ? left : LongestWait);
        return own.Read();
    }
}
