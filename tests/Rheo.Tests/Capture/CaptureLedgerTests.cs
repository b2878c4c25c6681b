using Rheo.Capture;
using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Capture;

/// <summary>The kernel's ledger as it is published: whole, and numbers that only grow.</summary>
public sealed class CaptureLedgerTests
{
    private static readonly FlowLedger OfACpu = new()
    {
        Inserted = 1, HandedOver = 2, LostFlows = 3, LostPackets = 40, LostBytes = 5000, LostMoments = 6, LostHandshakes = 7, UncountedPackets = 8,
        UncountedBytes = 9, CopiedPackets = 10, Fragments = 11, FragmentsUnknown = 12, RingWakeups = 13,
    };

    [Fact]
    public void EachFigureOfEachCpuIsInTheSum()
    {
        var ledger = CaptureLedger.Publish(CaptureLedger.Sum([OfACpu, OfACpu]), default, Ledger.Empty);

        Assert.Equal(
            (2UL, 4UL, 20UL, 22UL, 24UL, 26UL),
            (ledger.FlowsInserted, ledger.FlowsHandedOver, ledger.CopiedPackets, ledger.Fragments, ledger.FragmentsUnknown, ledger.RingWakeups));
        Assert.Equal(
            [new("flow_table", 16, 18, 0), new("flow_ring", 80, 10_000, 6), new("handshakes", 0, 0, 14), new("tcp_ring", 0, 0, 12)],
            ledger.Losses);
    }

    [Fact]
    public void WhatWasToldBeforeItsRecordWasLostIsNoLossAndTheFigureNeverFalls()
    {
        var first = CaptureLedger.Publish(OfACpu, new Traffic(10, 1000), Ledger.Empty);
        Assert.Equal((30UL, 4000UL), Lost(first));

        // More of what was lost turns out to have been told.
        var second = CaptureLedger.Publish(OfACpu, new Traffic(25, 2500), first);
        Assert.Equal((30UL, 4000UL), Lost(second));

        var third = CaptureLedger.Publish(OfACpu with { LostPackets = 60, LostBytes = 7000 }, new Traffic(25, 2500), second);
        Assert.Equal((35UL, 4500UL), Lost(third));

        static (ulong, ulong) Lost(Ledger ledger) => (ledger.Losses[1].Packets, ledger.Losses[1].Bytes);
    }

    [Fact]
    public void TheBooksOfTheCaptureBeforeAreAdded()
    {
        var one = CaptureLedger.Publish(OfACpu, default, Ledger.Empty);
        var both = CaptureLedger.Sum(one, one);

        var twice = CaptureLedger.Publish(CaptureLedger.Sum([OfACpu, OfACpu]), default, Ledger.Empty);
        Assert.Equal(twice with { Losses = [] }, both with { Losses = [] });
        Assert.Equal(twice.Losses, both.Losses);
        Assert.Equal(one.Losses, CaptureLedger.Sum(Ledger.Empty, one).Losses);
    }
}
