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
        var report = Measure(options, open, messages, stop);
        if (options.Output == ReportFormat.Json)
        {
            CostJson.Write(output, report);
            return;
        }

        using var text = new StreamWriter(output);
        CostTable.Write(text, screen, report);
    }

    private static CostReport Measure(CostOptions options, Func<TrafficSourceOptions, ITrafficSource> open, TextWriter messages, CancellationToken stop)
    {
        using var agent = options.Agent.IsNever ? null : Running(options.Agent, line => messages.WriteLine("rheo cost: " + line));
        if (agent is not null)
        {
            stop.WaitHandle.WaitOne(options.Duration);
            return agent.Read();
        }

        messages.WriteLine($"rheo cost: {(options.Agent.IsNever ? "" : "no agent runs; ")}measuring a capture of this command's own");
        return MeasureOwn(options.Duration, open, stop);
    }

    // Who it is says its socket; one that has none is found by its programs and this network namespace.
    private static CostMeter? Running(AgentChoice choice, Action<string> say)
    {
        var status = SourceChooser.Open<AgentStatus?>(choice, AgentStatus.Ask, () => null, say);
        if (choice.Path is { } path)
            return CostMeter.OfAgent(status!.Processes.Contains) ?? throw new IOException($"the agent at {path} has no programs that this process can see");
        return (status is null ? null : CostMeter.OfAgent(status.Processes.Contains)) ?? CostMeter.OfAgent(BpfHolders.IsInOurNetwork);
    }

    private static CostReport MeasureOwn(TimeSpan duration, Func<TrafficSourceOptions, ITrafficSource> open, CancellationToken stop)
    {
        using var source = open(new TrafficSourceOptions());
        while (source.IsAttaching)
            source.Poll(TimeSpan.Zero);
        using var own = CostMeter.OfThisProcess();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration && !stop.IsCancellationRequested;)
            source.Poll(duration - clock.Elapsed is var left && left < LongestWait ? left : LongestWait);
        return own.Read();
    }
}
