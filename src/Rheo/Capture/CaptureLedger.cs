using Rheo.Model;

namespace Rheo.Capture;

/// <summary>
/// The kernel's ledger summed over CPUs, less what was told before it was lost. The sum is to be taken before the slots are
/// scanned: of all that it holds, what was told is then known. Of what is lost later that may be known first, so that the
/// difference can be too small until the next scan, never too large: what is published only grows.
/// </summary>
internal static class CaptureLedger
{
    /// <summary>The stages, in the order a packet passes them.</summary>
    internal const string Table = "flow_table", FlowRing = "flow_ring", Handshakes = "handshakes", TcpRing = "tcp_ring";

    internal static FlowLedger Sum(ReadOnlySpan<FlowLedger> perCpu)
    {
        var sum = default(FlowLedger);
        foreach (ref readonly var one in perCpu)
            Add(ref sum, in one);
        return sum;
    }

    internal static Ledger Publish(in FlowLedger sum, Traffic told, Ledger before)
    {
        var ring = before.Losses.FirstOrDefault(loss => loss.Stage == FlowRing);
        return new Ledger
        {
            FlowsInserted = sum.Inserted,
            FlowsHandedOver = sum.HandedOver,
            CopiedPackets = sum.CopiedPackets,
            Fragments = sum.Fragments,
            FragmentsUnknown = sum.FragmentsUnknown,
            RingWakeups = sum.RingWakeups,
            Losses =
            [
                new StageLoss(Table, sum.UncountedPackets, sum.UncountedBytes, 0),
                new StageLoss(FlowRing, Less(sum.LostPackets, told.Packets, ring.Packets), Less(sum.LostBytes, told.Bytes, ring.Bytes), sum.LostFlows),
                new StageLoss(Handshakes, 0, 0, sum.LostHandshakes),
                new StageLoss(TcpRing, 0, 0, sum.LostMoments),
            ],
        };
    }

    /// <summary>The books of another capture and of this one together.</summary>
    internal static Ledger Sum(Ledger one, Ledger other) => new()
    {
        FlowsInserted = one.FlowsInserted + other.FlowsInserted,
        FlowsHandedOver = one.FlowsHandedOver + other.FlowsHandedOver,
        CopiedPackets = one.CopiedPackets + other.CopiedPackets,
        Fragments = one.Fragments + other.Fragments,
        FragmentsUnknown = one.FragmentsUnknown + other.FragmentsUnknown,
        RingWakeups = one.RingWakeups + other.RingWakeups,
        Losses = [.. other.Losses.Select(loss => Sum(one.Losses.FirstOrDefault(before => before.Stage == loss.Stage), loss))],
    };

    private static StageLoss Sum(StageLoss one, StageLoss other) =>
        new(other.Stage, one.Packets + other.Packets, one.Bytes + other.Bytes, one.Records + other.Records);

    private static ulong Less(ulong lost, ulong told, ulong atLeast) => lost < told + atLeast ? atLeast : lost - told;

    private static void Add(ref FlowLedger sum, ref readonly FlowLedger one)
    {
        sum.Inserted += one.Inserted;
        sum.HandedOver += one.HandedOver;
        sum.LostFlows += one.LostFlows;
        sum.LostPackets += one.LostPackets;
        sum.LostBytes += one.LostBytes;
        sum.LostMoments += one.LostMoments;
        sum.LostHandshakes += one.LostHandshakes;
        sum.UncountedPackets += one.UncountedPackets;
        sum.UncountedBytes += one.UncountedBytes;
        sum.CopiedPackets += one.CopiedPackets;
        sum.Fragments += one.Fragments;
        sum.FragmentsUnknown += one.FragmentsUnknown;
        sum.RingWakeups += one.RingWakeups;
    }
}
