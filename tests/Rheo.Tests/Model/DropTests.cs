using Rheo.Agent;
using Rheo.Cli;
using Rheo.Model.Drops;
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

    private static DropView View(params DropTotal[] places) => new(new DropSnapshot(places, [], default));

    private static DropTotal Place(string reason, ulong packets, string place = "somewhere") =>
        new(reason, place, 2, 4026531840, 0x0800, null, packets, 100 * packets, 1);
}
