using Rheo.Bench.Measure;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Micro;

/// <summary>Reading the flow table where it lies, in the kernel's own memory.</summary>
internal static class TableScan
{
    public static IEnumerable<Figure> Measure(string scenario, int rounds)
    {
        using var bpf = FilledTable.Create();
        using var table = bpf.Maps.OpenFlowTable();
        var live = 0L;
        var results = Rounds<Work>.Run(
            rounds,
            [new("read", () => Work.Of(() => live = Read(table).Live))],
            $"{scenario}, table");
        yield return new(scenario, "100,000 flows read in place", "ms", results.Of("read", work => work.Milliseconds), Goal.UpTo(1), $"{live:N0} flows in {table.Length * 4:N0} slots");
        yield return new(scenario, "100,000 flows read in place: allocated", "bytes/flow", results.Of("read", work => work.BytesPerItem), Goal.UpTo(0));
    }

    // What a reader must look at in each slot to learn that nothing has changed, or what has.
    private static (long Live, ulong Packets) Read(MappedArray<FlowSet> table)
    {
        var (live, packets) = (0L, 0UL);
        foreach (ref readonly var set in table.Span)
        {
            foreach (ref readonly var slot in (ReadOnlySpan<FlowSlot>)set.Way)
            {
                if (slot.Version == 0)
                    continue;
                live++;
                packets += slot.Packets + slot.Bytes;
            }
        }

        return (live, packets);
    }
}
