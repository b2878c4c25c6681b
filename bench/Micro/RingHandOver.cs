using Rheo.Bench.Measure;
using Rheo.Capture;

namespace Rheo.Bench.Micro;

/// <summary>
/// What a record of the flow ring costs with all that the agent does for it: the final counts go to the conversation and to the
/// interface's totals. Most flows have been seen by a scan before; those that come and go between two have not.
/// </summary>
internal static class RingHandOver
{
    // A new flow for each set of the table: what they push out was scanned, and has counted a packet since.
    private const uint Records = CaptureOptions.DefaultTableEntries / FlowLimit.Ways;
    private const int Fills = 8;

    public static IEnumerable<Figure> Measure(string scenario, int rounds)
    {
        using var usual = new CrowdedTable(CaptureOptions.DefaultTableEntries);
        using var tiny = new CrowdedTable(32);
        var next = 0u;
        for (var warm = 0; warm < Fills; warm++)
        {
            Scanned(usual, ref next);
            Unscanned(tiny);
        }

        var results = Rounds<Work>.Run(
            rounds,
            [new("scanned", () => Scanned(usual, ref next)), new("passing", () => Unscanned(tiny))],
            $"{scenario}, hand-over");
        yield return new(
            scenario, "ring record: read, and its flow updated in the model", "ns",
            results.Of("scanned", work => work.NsPerItem), Goal.UpTo(10));
        yield return new(
            scenario, "ring record: read, its flow looked up in the model and updated", "ns",
            results.Of("passing", work => work.NsPerItem));
        yield return new(
            scenario, "ring record: allocated", "bytes/record",
            results.Of("scanned", work => work.BytesPerItem), Goal.UpTo(0));
    }

    // The flows come in turn, so that all are known to the model after the first turns; the scan makes the new ones known to the reader.
    private static Work Scanned(CrowdedTable table, ref uint next)
    {
        var sum = new Work(0, 0, 0);
        for (var fill = 0; fill < Fills; fill++)
        {
            table.Scan();
            table.Tick();
            table.SeeAllAgain();
            table.See(next, Records);
            next = (next + Records) % (Fills * Records);
            sum += Work.Of(table.Drain);
        }

        return sum;
    }

    private static Work Unscanned(CrowdedTable table)
    {
        table.See(0, Records);
        var work = Work.Of(table.Drain);
        table.Tick();
        return work;
    }
}
