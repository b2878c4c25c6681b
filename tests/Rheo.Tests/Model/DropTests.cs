using Rheo.Model;
using Rheo.Model.Drops;
using Rheo.Model.Owners;
using Xunit;

namespace Rheo.Tests.Model;

public sealed class DropTests
{
    [Fact]
    public void OnlyWhatCameSinceIsShownTheMostFirst()
    {
        var before = View(Place("NETFILTER_DROP", 10), Place("NO_SOCKET", 3));
        var now = View(Place("NETFILTER_DROP", 12), Place("NO_SOCKET", 3), Place("UDP_CSUM", 7));

        var rows = now.Since(before, DropGrouping.Place, harmlessToo: false);

        Assert.Equal([("UDP_CSUM", 7UL), ("NETFILTER_DROP", 2UL)], rows.Select(row => (row.Reason, row.Packets)));
    }

    [Fact]
    public void WhatNobodyMissesIsLeftOutUnlessAskedFor()
    {
        var now = View(Place("TCP_OLD_DATA", 5), Place("NO_SOCKET", 1));

        Assert.Equal(["NO_SOCKET"], now.Since(DropView.Nothing, DropGrouping.Place, harmlessToo: false).Select(row => row.Reason));
        Assert.Equal(2, now.Since(DropView.Nothing, DropGrouping.Place, harmlessToo: true).Count());
    }

    [Fact]
    public void ExamplesAreOfWhatIsAskedForAlone()
    {
        var harmless = Place("TCP_OLD_DATA", 1);
        DroppedPacket[] examples = [new(1, harmless, null), new(2, Place("NO_SOCKET", 1), null), new(3, Lost(53, 1), null), new(4, Lost(54, 1), null)];
        var view = new DropView(DropSnapshot.Empty with { Examples = examples });

        Assert.Equal([1L, 2, 3, 4], view.Examples(harmlessToo: true).Select(example => example.TimeNs));
        Assert.Equal([2L, 3, 4], view.Examples(harmlessToo: false).Select(example => example.TimeNs));
        Assert.Equal([4L], view.Examples(harmlessToo: false, FlowFilter.Parse("port 54")).Select(example => example.TimeNs));
    }

    [Fact]
    public void AReasonAddsUpItsPlaces()
    {
        var now = View(Place("NO_SOCKET", 1, "__udp4_lib_rcv"), Place("NO_SOCKET", 2, "tcp_v4_rcv"));

        var row = Assert.Single(now.Since(DropView.Nothing, DropGrouping.Reason, harmlessToo: false));

        Assert.Equal((3UL, 300UL, "", 0), (row.Packets, row.Bytes, row.Place, row.Interface));
    }

    [Fact]
    public void TwoAddressesInOneFunctionAreOnePlace()
    {
        var now = View(Place("NO_SOCKET", 1), Place("NO_SOCKET", 2));

        Assert.Equal(3UL, Assert.Single(now.Since(DropView.Nothing, DropGrouping.Place, harmlessToo: false)).Packets);
    }

    [Fact]
    public void WhatWasDroppedLongAgoIsNotNewWhereQuietPlacesWereAddedUp()
    {
        var before = View(At(5, 1000), At(6, 20), Folded(300));

        Assert.Empty(View(Folded(1320)).Since(before, DropGrouping.Place, harmlessToo: false));
        Assert.Empty(View(Folded(1320)).Since(before, DropGrouping.Reason, harmlessToo: false));
        // Something came before it was added up, and something after.
        var rows = View(At(5, 7), At(6, 21), Folded(1302)).Since(before, DropGrouping.Place, harmlessToo: false);
        Assert.Equal([(5, 7UL, 700UL), (0, 2UL, 200UL), (6, 1UL, 100UL)], rows.Select(row => (row.Interface, row.Packets, row.Bytes)));
        Assert.Equal(1320UL, Assert.Single(View(Folded(1320)).Since(DropView.Nothing, DropGrouping.Place, harmlessToo: false)).Packets);
    }

    [Fact]
    public void AnUnknownReasonIsALoss() => Assert.True(DropReasons.Of("OF_A_NEWER_KERNEL").IsLoss);

    [Theory]
    [InlineData("udp_destruct_common", false)]
    [InlineData("ip_forward", true)]
    public void WhereTheKernelGivesNoReasonThePlaceTells(string place, bool isLoss) =>
        Assert.Equal(isLoss, DropReasons.Of("NOT_SPECIFIED", place).IsLoss);

    [Fact]
    public void EveryReasonIsASentenceAndSaysWhereToLook()
    {
        foreach (var name in DropReasons.Names)
        {
            Assert.Matches(@"^[A-Z].*[.:]", DropReasons.Of(name).Meaning);
            Assert.NotEmpty(DropReasons.Of(name).LookAt);
        }
    }

    [Fact]
    public void RowsByProcessAddUpWhatOneProcessLostAndTheUnknownIsOneRow()
    {
        var owner = new SocketProcess { Pid = 7, Name = "named", Uid = 1 };
        var view = new DropView(new DropSnapshot([], [Lost(53, 5) with { Owner = owner }, Lost(54, 6) with { Owner = owner }, Lost(55, 1), Lost(56, 2)], default));

        var rows = view.Since(DropView.Nothing, DropGrouping.Process, harmlessToo: false).ToList();

        Assert.Equal([(owner, 11UL), (null, 3UL)], rows.Select(row => (row.Owner, row.Packets)));
    }

    [Fact]
    public void WhatIsNoFlowIsNoRowByFlow()
    {
        var other = new DropTotal("NOT_SPECIFIED", "somewhere", 1, 1, 0x0004, default(DroppedFlow), 2, 128, 0);
        var view = new DropView(new DropSnapshot([], [other, Lost(53, 5)], default));

        Assert.Equal(5UL, Assert.Single(view.Since(DropView.Nothing, DropGrouping.Flow, harmlessToo: true)).Packets);
    }

    [Fact]
    public void AFilterLeavesOnlyItsFlows()
    {
        var view = new DropView(new DropSnapshot([], [Lost(53, 5), Lost(54, 6)], default));

        var row = Assert.Single(view.Since(DropView.Nothing, DropGrouping.Reason, harmlessToo: false, FlowFilter.Parse("udp and dst port 53")));

        Assert.Equal(("NO_SOCKET", 5UL), (row.Reason, row.Packets));
    }

    [Theory]
    [InlineData("interface:eth*", 5)]
    [InlineData("process:named and interface:eth0", 5)]
    [InlineData("not process:*", 6)]
    public void AFilterAsksForTheInterfaceAndTheProcessOfADrop(string filter, ulong packets)
    {
        var owner = new SocketProcess { Pid = 7, Name = "named", Uid = 1 };
        var view = new DropView(new DropSnapshot([], [Lost(53, 5) with { Owner = owner, Device = "eth0" }, Lost(54, 6) with { Device = "lo" }], default));

        var row = Assert.Single(view.Since(DropView.Nothing, DropGrouping.Flow, harmlessToo: false, FlowFilter.Parse(filter, FilterSubject.Drop)));

        Assert.Equal(packets, row.Packets);
    }

    [Fact]
    public void ASegmentForAConnectionInTimeWaitIsNoLossWhereTheKernelGivesReasons()
    {
        Assert.Equal("TIME_WAIT", DropReasons.Named("NOT_SPECIFIED", "tcp_v4_rcv", givesReasons: true));
        Assert.Equal("NOT_SPECIFIED", DropReasons.Named("NOT_SPECIFIED", "tcp_v4_rcv", givesReasons: false));
        Assert.False(DropReasons.Of("TIME_WAIT").IsLoss);
    }

    private static DropTotal Lost(ushort port, ulong packets) => new(
        "NO_SOCKET", "udp", 1, 1, 0x800, new DroppedFlow(Flows.Client, Flows.Server with { Port = port }, 17), packets, 100 * packets, 0);

    private static DropTotal At(int device, ulong packets) => Place("NETFILTER_DROP", packets) with { Interface = device };

    private static DropTotal Folded(ulong packets) => Place("NETFILTER_DROP", packets) with { Interface = 0, Namespace = 0, EtherType = 0 };

    private static DropView View(params DropTotal[] places) => new(new DropSnapshot(places, [], default));

    private static DropTotal Place(string reason, ulong packets, string place = "somewhere") =>
        new(reason, place, 2, 4026531840, 0x0800, null, packets, 100 * packets, 1);
}
