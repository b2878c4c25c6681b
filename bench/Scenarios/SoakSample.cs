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
            RheoAgent.Sum(page, "rheo_lost_records_total"), waitedMs,
            100 * RheoAgent.Sum(page, "rheo_ring_used_bytes", "\"flow\"") / RheoAgent.Sum(page, "rheo_ring_size_bytes", "\"flow\""),
            1000 * RheoAgent.Sum(page, "dotnet_gc_pause_time_seconds_total"),
            RheoAgent.Sum(page, "dotnet_gc_last_collection_memory_committed_size_bytes") / 1e6);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Hours * 60,5:F1} min: RSS {ResidentMb:F2} MB, PSS {TogetherMb:F2} MB, heap {HeapMb:F2} MB, {Descriptors} descriptors, "
        + $"{LostRecords:F0} records lost, ring {RingPercent:F0} %, waited {WaitedMs:F0} ms, pauses {PauseMs:F0} ms");
}
