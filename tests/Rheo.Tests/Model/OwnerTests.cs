using Rheo.Model;
using Rheo.Model.Owners;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class OwnerTests
{
    private static readonly OwnerTable Both = new OwnerTable().Add(Client, OwnerTable.Curl).Add(Server, OwnerTable.Nginx);

    [Fact]
    public void BothEndsOfAConversationAreNamed()
    {
        var table = Talking(Both);
        var flow = table.Single();
        Assert.Equal(["curl"], Names(flow.SourceProcesses));
        Assert.Equal(["nginx"], Names(flow.DestinationProcesses));
    }

    [Fact]
    public void WithoutAnybodyToAskThereAreNoOwnersAndNoSums()
    {
        var table = Talking(owners: null);
        Assert.Empty(table.Single().SourceProcesses);
        Assert.False(table.OwnerSums.IsKnown);
    }

    [Fact]
    public void AllProcessesThatShareASocketAreListedUpToABound()
    {
        var workers = Enumerable.Range(1, 100).Select(pid => OwnerTable.Nginx with { Pid = pid }).ToArray();
        var table = Talking(new OwnerTable().Add(Server, workers));
        Assert.Equal(Enumerable.Range(1, 8), table.Single().DestinationProcesses.Select(process => process.Pid));
    }

    [Fact]
    public void AnOwnerThatWasKnownStaysWithTheConversationWhenItEnds()
    {
        var owners = new OwnerTable().Add(Client, OwnerTable.Curl);
        var ended = new Collected();
        var table = Table(ended: ended);
        table.Owners = owners;
        table.See(Request, Out(2), Start, 5, TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst);
        table.Tick(Start + Second);
        owners.Remove(Client);
        for (var second = 2; second < 10; second++)
            table.Tick(Start + (second * Second));
        Assert.Equal(["curl"], Names(Assert.Single(ended.Conversations).SourceProcesses));
    }

    [Fact]
    public void APortThatIsAnothersByNowDoesNotRenameAConversationThatIsOver()
    {
        var owners = new OwnerTable().Add(Client, OwnerTable.Curl);
        var table = Table();
        table.Owners = owners;
        table.See(Request, Out(2), Start, 5, TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst);
        table.Tick(Start + Second);
        owners.Add(Client, OwnerTable.Nginx);
        Assert.Equal(["curl"], Names(table.First().SourceProcesses));
    }

    [Fact]
    public void ASocketThatWasPassedOnShowsWhoHasItNow()
    {
        var owners = new OwnerTable().Add(Server, OwnerTable.Curl);
        var table = Talking(owners);
        owners.Add(Server, OwnerTable.Nginx);
        Assert.Equal(["nginx"], Names(table.First().DestinationProcesses));
    }

    [Fact]
    public void OwnersAreAskedForSeldomerAndSeldomer()
    {
        var owners = new OwnerTable();
        var table = Table();
        table.Owners = owners;
        for (var second = 1; second <= 60; second++)
        {
            table.See(Request, Out(2), Start + (second * Second) - 1, 5);
            table.Tick(Start + (second * Second));
        }

        Assert.InRange(owners.Asked, 2 * 6, 2 * 10);
    }

    [Fact]
    public void WhatHasNoSocketsIsNotAskedFor()
    {
        var owners = new OwnerTable();
        var table = Table();
        table.Owners = owners;
        table.See(Icmp("10.0.0.1", "10.0.0.2", 8), Out(2), Start, 5);
        table.Tick(Start + Second);
        Assert.Equal(0, owners.Asked);
        Assert.Equal(default, table.OwnerSums.Unattributed);
    }

    [Fact]
    public void EachEndCountsForItsOwner()
    {
        var sums = Talking(Both).OwnerSums;
        Assert.Equal(new EndTraffic(new Traffic(5, 500), new Traffic(4, 400)), Of(sums, "curl"));
        Assert.Equal(new EndTraffic(new Traffic(4, 400), new Traffic(5, 500)), Of(sums, "nginx"));
        Assert.Equal(default, sums.Unattributed);
    }

    [Fact]
    public void AnEndHereWithoutAKnownOwnerIsCountedAsUnattributedAndOneElsewhereIsNot()
    {
        var sums = Talking(new OwnerTable()).OwnerSums;
        Assert.Equal(new EndTraffic(new Traffic(5, 500), new Traffic(4, 400)), sums.Unattributed);
        Assert.Equal(1, sums.UnattributedConversations);
    }

    [Fact]
    public void AForwardedConversationIsNobodys()
    {
        var table = Table();
        table.Owners = new OwnerTable();
        table.See(Request, In(2), Start, 5);
        table.See(Request, Out(3), Start + 1, 5);
        table.Tick(Start + Second);
        Assert.Empty(table.Single().SourceProcesses);
        Assert.Equal(default, table.OwnerSums.Unattributed);
        Assert.Equal(0, table.OwnerSums.UnattributedConversations);
    }

    [Fact]
    public void OnLoopbackBothEndsAreHere()
    {
        var table = Table();
        table.Owners = new OwnerTable();
        table.See(Request, Out(1), Start, 5);
        table.See(Request, In(1), Start + 1, 5);
        table.Tick(Start + Second);
        Assert.Equal(new EndTraffic(new Traffic(5, 500), new Traffic(5, 500)), table.OwnerSums.Unattributed);
    }

    [Fact]
    public void WhatCameBeforeTheOwnerWasKnownIsTheOwnersToo()
    {
        var owners = new OwnerTable();
        var table = Talking(owners);
        owners.Add(Client, OwnerTable.Curl);
        table.See(Request, Out(2), Start + (2 * Second), 7);
        table.Tick(Start + (3 * Second));
        var sums = table.OwnerSums;
        Assert.Equal(new EndTraffic(new Traffic(12, 1200), new Traffic(4, 400)), Of(sums, "curl"));
        // Counters do not fall: the one says what the other says too much.
        Assert.Equal(new EndTraffic(new Traffic(5, 500), new Traffic(4, 400)), sums.Unattributed);
        Assert.Equal(sums.Unattributed, sums.AttributedLate);
        Assert.Equal(0, sums.UnattributedConversations);
    }

    [Fact]
    public void AnOwnerThatIsLearntWhenSomebodyLooksGetsWhatWasCountedBefore()
    {
        var owners = new OwnerTable();
        var table = Talking(owners);
        owners.Add(Client, OwnerTable.Curl);
        table.First();
        Assert.Equal(new EndTraffic(new Traffic(5, 500), new Traffic(4, 400)), Of(table.OwnerSums, "curl"));
        Assert.Equal(table.OwnerSums.Unattributed, table.OwnerSums.AttributedLate);
    }

    [Fact]
    public void AnEndElsewhereThatTurnsOutToHaveAnOwnerIsCountedFromItsBeginning()
    {
        var owners = new OwnerTable().Add(Client, OwnerTable.Curl);
        var table = Talking(owners);
        owners.Add(Server, OwnerTable.Nginx); // in another namespace of this host
        table.See(Request, Out(2), Start + (2 * Second), 7);
        table.Tick(Start + (3 * Second));
        Assert.Equal(new EndTraffic(new Traffic(4, 400), new Traffic(12, 1200)), Of(table.OwnerSums, "nginx"));
        Assert.Equal(default, table.OwnerSums.Unattributed);
        Assert.Equal(default, table.OwnerSums.AttributedLate);
    }

    [Fact]
    public void AConversationThatTurnsOutToBeForwardedIsNobodysAndTheSumIsExact()
    {
        var table = Table();
        table.Owners = new OwnerTable();
        table.See(Request, In(2), Start, 5);
        table.Tick(Start + Second);
        Assert.Equal(5ul, table.OwnerSums.Unattributed.Received.Packets);
        table.See(Request, Out(3), Start + Second + 1, 5);
        table.Tick(Start + (2 * Second));
        Assert.Equal(table.OwnerSums.Unattributed, table.OwnerSums.AttributedLate);
        Assert.Equal(0, table.OwnerSums.UnattributedConversations);
    }

    [Fact]
    public void AConversationThatLeavesIsUnattributedNoMoreAndItsTrafficStays()
    {
        var table = Talking(new OwnerTable());
        table.Tick(Start + (3600 * Second));
        Assert.Equal(0, table.Count);
        Assert.Equal(0, table.OwnerSums.UnattributedConversations);
        Assert.Equal(new EndTraffic(new Traffic(5, 500), new Traffic(4, 400)), table.OwnerSums.Unattributed);
    }

    [Fact]
    public void NamesAreBoundedAndTheSumOverAllIsExact()
    {
        var owners = new OwnerTable();
        var table = Table();
        table.Owners = owners;
        var now = Start;
        for (var at = 0; at < 700; at++)
            See(table, owners, at, now);
        table.Tick(now += Second);
        Assert.Equal((512, 188), (table.OwnerSums.Named.Count, (int)table.OwnerSums.Other.Sent.Packets));
        // Half an hour later those that were silent make room, and come again under another number.
        now += 1800 * Second;
        for (var at = 600; at < 800; at++)
            See(table, owners, at, now);
        table.Tick(now + Second);
        var sums = table.OwnerSums;
        Assert.Equal(100, sums.Named.Count);
        Assert.All(sums.Named, named => Assert.True(named.Serial > 512));
        var all = sums.Named.Aggregate(sums.Other + sums.Gone, (sum, named) => sum + named.Traffic);
        Assert.Equal(new Traffic(900, 90_000), all.Sent);
    }

    [Fact]
    public void AnOwnerThatWasLetGoIsCountedAnewWhenItsConversationGoesOn()
    {
        var owners = new OwnerTable();
        var table = Table(new ConversationTableOptions { IdleNs = 7200 * Second });
        table.Owners = owners;
        for (var at = 0; at < 512; at++)
            See(table, owners, at, Start);
        table.Tick(Start + Second);
        See(table, owners, 600, Start + (1800 * Second));
        table.Tick(Start + (1801 * Second));
        See(table, owners, 0, Start + (1802 * Second));
        table.Tick(Start + (1803 * Second));
        var sums = table.OwnerSums;
        Assert.Equal(["p0", "p600"], sums.Named.Select(named => named.Process).Order());
        Assert.Equal(1ul, Of(sums, "p0").Sent.Packets);
        Assert.Equal(514ul, sums.Named.Aggregate(sums.Gone, (sum, named) => sum + named.Traffic).Sent.Packets);
    }

    private static void See(ConversationTable table, OwnerTable owners, int at, long now)
    {
        var client = new Endpoint(Client.Address, (ushort)(1000 + at));
        owners.Add(client, OwnerTable.Curl with { Name = $"p{at}" });
        table.See(Key(client, Server), Out(2), now, 1);
    }

    private static ConversationTable Talking(ISocketOwners? owners)
    {
        var table = Table();
        table.Owners = owners;
        table.See(Request, Out(2), Start, 5);
        table.See(Reply, In(2), Start + 1, 4);
        table.Tick(Start + Second);
        return table;
    }

    private static EndTraffic Of(OwnerSums sums, string process) => Assert.Single(sums.Named, named => named.Process == process).Traffic;

    private static IEnumerable<string> Names(IReadOnlyList<SocketProcess> processes) => processes.Select(process => process.Name);
}
