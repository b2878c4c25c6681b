using System.Globalization;
using Rheo.Bench.Machine;
using Rheo.Bench.Observers;

namespace Rheo.Bench.Scenarios;

/// <summary>How an agent is at a moment of a soak.</summary>
/// <param name="Hours">Since the soak began.</param>
/// <param name="ResidentMb">Memory of all its processes, each by itself.</param>
/// <param name="TogetherMb">Memory, what they share counted once.</param>
/// <param name="Descriptors">Open descriptors.</param>
/// <param name="LostRecords">Ring records lost so far.</param>
/// <param name="WaitedMs">Of the last ten seconds, the one in which the reading thread was kept waiting for a CPU the longest: for how long.</param>
/// <param name="RingPercent">How full the flow ring was, at most, between the last two scans.</param>
/// <param name="PauseMs">Time for which collections have stopped the core, so far.</param>
/// <param name="HeapMb">What its managed heap holds.</param>
internal sealed record SoakSample(
    double Hours, double ResidentMb, double TogetherMb, int Descriptors, double LostRecords, double WaitedMs, double RingPercent, double PauseMs,
    double HeapMb)
{
    public static SoakSample Take(RheoAgent agent, double hours, double waitedMs)
    {
        var page = agent.Metrics();
        return new SoakSample(
            hours, ProcessTree.ResidentMb(agent.ProcessId), ProcessTree.TogetherMb(agent.ProcessId), ProcessTree.Descriptors(agent.ProcessId),
            RheoAgent.SumIn(page, "rheo_lost_records_total", "_ring\"}"), waitedMs,
            100 * RheoAgent.SumIn(page, "rheo_ring_used_bytes", "\"flow_ring\"") / RheoAgent.SumIn(page, "rheo_ring_size_bytes", "\"flow_ring\""),
            1000 * RheoAgent.SumIn(page, "dotnet_gc_pause_time_seconds_total"),
            RheoAgent.SumIn(page, "dotnet_total_memory_bytes") / 1e6);
    }

    /// <summary>The series of losses on a page, by stage, those that are not zero.</summary>
    public static string Losses(string page) => string.Join(
        ", ", page.Split('\n').Where(line => line.StartsWith("rheo_lost_", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Hours * 60,5:F1} min: RSS {ResidentMb:F2} MB, PSS {TogetherMb:F2} MB, heap {HeapMb:F2} MB, {Descriptors} descriptors, "
        + $"{LostRecords:F0} records lost, ring {RingPercent:F0} %, waited {WaitedMs:F0} ms, pauses {PauseMs:F0} ms");
}
