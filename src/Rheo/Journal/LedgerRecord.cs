namespace Rheo.Journal;

/// <summary>The capture's books as bytes, and as they stand since a reader came.</summary>
internal static class LedgerRecord
{
    private const int MostStages = 64;

    public static void Write(FrameWriter frame, Ledger ledger)
    {
        frame.Number(ledger.FlowsInserted);
        frame.Number(ledger.FlowsHandedOver);
        frame.Number(ledger.CopiedPackets);
        frame.Number(ledger.Fragments);
        frame.Number(ledger.FragmentsUnknown);
        frame.Number(ledger.RingWakeups);
        frame.Number((ulong)ledger.Losses.Count);
        foreach (var loss in ledger.Losses)
        {
            frame.Text(loss.Stage);
            frame.Number(loss.Packets);
            frame.Number(loss.Bytes);
            frame.Number(loss.Records);
        }
    }

    public static Ledger Read(ref FrameReader frame)
    {
        var ledger = new Ledger
        {
            FlowsInserted = frame.Number(),
            FlowsHandedOver = frame.Number(),
            CopiedPackets = frame.Number(),
            Fragments = frame.Number(),
            FragmentsUnknown = frame.Number(),
            RingWakeups = frame.Number(),
        };
        var losses = new StageLoss[frame.Number(MostStages)];
        for (var at = 0; at < losses.Length; at++)
            losses[at] = new StageLoss(frame.Text(), frame.Number(), frame.Number(), frame.Number());
        return ledger with { Losses = losses };
    }

    /// <summary>What the books have grown by.</summary>
    public static Ledger Since(Ledger now, Ledger then) => new()
    {
        FlowsInserted = now.FlowsInserted - then.FlowsInserted,
        FlowsHandedOver = now.FlowsHandedOver - then.FlowsHandedOver,
        CopiedPackets = now.CopiedPackets - then.CopiedPackets,
        Fragments = now.Fragments - then.Fragments,
        FragmentsUnknown = now.FragmentsUnknown - then.FragmentsUnknown,
        RingWakeups = now.RingWakeups - then.RingWakeups,
        Losses = [.. now.Losses.Select(loss => Since(loss, then.Losses.FirstOrDefault(before => before.Stage == loss.Stage)))],
    };

    private static StageLoss Since(StageLoss now, StageLoss then) =>
        new(now.Stage, now.Packets - then.Packets, now.Bytes - then.Bytes, now.Records - then.Records);
}
