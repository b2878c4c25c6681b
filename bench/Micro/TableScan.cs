using Rheo.Bench.Machine;
using Rheo.Bench.Measure;

namespace Rheo.Bench.Micro;

/// <summary>Reading the flow table where it lies, in the kernel's own memory: when nothing has changed, and when all has.</summary>
internal static class TableScan
{
    private const uint Flows = 100_000;
    private const int TableEntries = 65_536;
    private const uint Step = 1_000;

    public static IEnumerable<Figure> Measure(string scenario, int rounds)
    {
        using var table = new CrowdedTable(TableEntries);
        var live = Fill(table);
        var results = Rounds<Work>.Run(rounds, [new("same", () => Same(table)), new("news", () => News(table))], $"{scenario}, table");
        var remark = $"{live:N0} flows in {table.Slots:N0} slots";
        yield return new(
            scenario, "100,000 flows read in place, nothing new", "ms",
            results.Of("same", work => work.Milliseconds), Goal.UpTo(1), remark);
        yield return new(
            scenario, "100,000 flows read in place, half with news for the model", "ms",
            results.Of("news", work => work.Milliseconds), Note: remark);
        yield return new(
            scenario, "100,000 flows read in place: allocated", "bytes/flow",
            results.Of("same", work => work.BytesPerItem), Goal.UpTo(0));
    }

    // A shard is the CPU's own, and a set of four ways overflows here and there: it takes more flows than are to live, on two CPUs.
    private static long Fill(CrowdedTable table)
    {
        var live = 0L;
        foreach (var cpu in new[] { Core.Receiver, Core.Sender }.Distinct())
        {
            Core.Pin(0, cpu);
            for (uint flow = 0; flow < 4 * Flows && table.Live(cpu) < Flows / 2; flow += Step)
            {
                table.See(flow, Step);
                table.Drain();
            }

            live += table.Live(cpu);
        }

        table.Scan();
        table.Drain();
        table.Tick();
        return live;
    }

    private static Work Same(CrowdedTable table)
    {
        table.Scan();
        return Work.Of(table.Scan);
    }

    private static Work News(CrowdedTable table)
    {
        table.See(0, Flows / 2);
        table.Drain();
        var work = Work.Of(table.Scan);
        table.Tick();
        return work;
    }
}
