using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class AgeingTests
{
    [Fact]
    public void AnIdleConversationEndsAfterItsTimeOut()
    {
        var ended = new Collected();
        var table = Table(ended: ended);
        table.See(Key(Client, Server, Transport.Udp), Out(2), Start, 1);
        table.See(Request, Out(2), Start, 1, TcpFlags.Ack);
        table.Tick(Start + Second);
        table.Tick(Start + (60 * Second));
        Assert.Equal((Transport.Udp, EndReason.Idle), (ended.Conversations.Single().Protocol, ended.Conversations.Single().End));
        table.Tick(Start + (899 * Second));
        Assert.Single(table.All());
        table.Tick(Start + (900 * Second));
        Assert.Empty(table.All());
        AssertBalance(table);
    }

    [Fact]
    public void AFullTableFoldsTheLongestIdleAndLosesNothing()
    {
        var ended = new Collected();
        var table = Table(new ConversationTableOptions { MaxConversations = 100 }, ended);
        for (ushort port = 1; port <= 100; port++)
            table.See(Key(Client with { Port = port }, Server), Out(2), Start + port, 1);
        table.Tick(Start + Second);
        var kept = table.Open(Key(Client with { Port = 1 }, Server), Out(2), Start + 1, TcpFlags.None);
        Assert.True(table.More(kept, 5, Start + Second)); // no longer the longest idle
        for (ushort port = 101; port <= 150; port++)
            table.See(Key(Client with { Port = port }, Server), Out(2), Start + Second, 1);
        table.Tick(Start + (2 * Second));
        Assert.Equal(100, table.Count);
        Assert.Equal(new ConversationTotals(50, new Traffic(50, 5000)), table.Other);
        Assert.All(ended.Conversations, conversation => Assert.Equal(EndReason.Capacity, conversation.End));
        Assert.Equal(Enumerable.Range(2, 50), ended.Conversations.Select(conversation => (int)conversation.Source.Port).Order());
        Assert.Equal(155ul, table.Total.Traffic.Packets);
        AssertBalance(table);
    }

    [Fact]
    public void WhatHasEndedMakesRoomFirst()
    {
        var table = Table(new ConversationTableOptions { MaxConversations = 2 });
        table.See(Key(Client with { Port = 1 }, Server), Out(2), Start, 1, TcpFlags.Ack);
        table.See(Key(Client with { Port = 2 }, Server), Out(2), Start + 9, 1, TcpFlags.Rst);
        table.Tick(Start + Second);
        table.See(Key(Client with { Port = 3 }, Server), Out(2), Start + Second, 1, TcpFlags.Ack);
        table.Tick(Start + (2 * Second));
        Assert.Equal([1, 3], table.All().Select(conversation => (int)conversation.Source.Port).Order());
        Assert.Equal((0ul, 1ul), (table.Other.Conversations, table.Ended.Conversations));
    }

    [Fact]
    public void RatesAreAveragesOverTheirWindows()
    {
        var table = Table();
        var flow = table.Open(Request, Out(2), Start, TcpFlags.Ack);
        for (var second = 1; second <= 120; second++)
        {
            table.More(flow, second <= 60 ? 10u : 0u, Start + (second * Second) - 1);
            table.Tick(Start + (second * Second));
            var rates = table.Single().Rates;
            var (ten, sixty) = (Math.Clamp(70 - second, 0, 10), Math.Clamp(120 - second, 0, 60));
            Assert.Equal(second <= 60 ? 10 : 0, rates.OneSecond.SentPackets, 3);
            Assert.Equal(ten, rates.TenSeconds.SentPackets, 3);
            Assert.Equal(sixty / 6f, rates.OneMinute.SentPackets, 3);
            Assert.Equal(1000f * ten / 10, rates.TenSeconds.SentBytes, 1);
        }
    }

    [Fact]
    public void LateAndIrregularTicksDoNotBendRates()
    {
        var table = Table();
        var flow = table.Open(Request, Out(2), Start, TcpFlags.Ack);
        var now = Start;
        foreach (var step in new[] { 300, 300, 400, 1020, 980, 3000, 950, 1050, 100, 900 })
        {
            now += step * Millisecond;
            table.More(flow, (ulong)step, now);
            table.Tick(now);
            Assert.Equal(1000, table.Single().Rates.OneSecond.SentPackets, 0.5);
            Assert.Equal(1000, table.Single().Rates.TenSeconds.SentPackets, 0.5);
            Assert.Equal(1000, table.Single().Rates.OneMinute.SentPackets, 0.5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12_345)]
    [InlineData(87_654_321)]
    public void ARateIsTrueToAThousandth(int packets)
    {
        var table = Table();
        var flow = table.Open(Request, Out(2), Start, TcpFlags.Ack);
        for (var second = 1; second <= 75; second++)
        {
            table.More(flow, (ulong)packets, Start + (second * Second) - 1);
            table.Tick(Start + (second * Second));
        }

        var rates = table.Single().Rates;
        foreach (var rate in new[] { rates.OneSecond, rates.TenSeconds, rates.OneMinute })
            Assert.InRange(rate.SentPackets / packets, 0.999f, 1.001f);
    }

    [Fact]
    public void RatesAreGivenBackAfterAMinuteOfSilence()
    {
        var table = Table();
        table.See(Request, Out(2), Start, 5, TcpFlags.Ack);
        for (var second = 1; second <= 90; second++)
            table.Tick(Start + (second * Second));
        Assert.Equal((1, 0), (table.Count, table.ActiveCount));
        Assert.Equal(default, table.Single().Rates);
    }

    [Fact]
    public void AClockThatIsSetBackDoesNoHarm()
    {
        var table = Table();
        var flow = table.See(Request, Out(2), Start, 5, TcpFlags.Ack);
        table.Tick(Start + (10 * Second));
        table.More(flow, 5, Start - (3600 * Second));
        table.Tick(Start - (3600 * Second));
        table.Tick(Start - (3599 * Second));
        Assert.Equal(10ul, table.Single().Sent.Packets);
        AssertBalance(table);
    }

    [Fact]
    public void TopIsSortedLimitedAndFiltered()
    {
        var table = Table();
        for (ushort port = 1; port <= 50; port++)
            table.See(Key(Client with { Port = port }, Server with { Port = (ushort)(port % 2 == 0 ? 80 : 443) }), Out(2), Start + port, (ulong)port * 7 % 51);
        table.Tick(Start + Second);
        var top = new Conversation[5];
        Assert.Equal(5, table.Top(top, ConversationOrder.Bytes));
        Assert.Equal([50, 49, 48, 47, 46], top.Select(conversation => (int)conversation.Sent.Packets));
        Assert.Equal(5, table.Top(top, ConversationOrder.FirstSeen, FlowFilter.Parse("port 80")));
        Assert.Equal([50, 48, 46, 44, 42], top.Select(conversation => (int)conversation.Source.Port));
        Assert.Equal(0, table.Top(top, ConversationOrder.Packets, FlowFilter.Parse("udp")));
        Assert.Equal(0, table.Top([], ConversationOrder.Packets));
    }

    [Fact]
    public void MoreThanTheNarrowCountersHoldInOneTickIsCountedAll()
    {
        var table = Table();
        var flow = table.Open(Request, Out(2), Start, TcpFlags.Ack);
        table.Add(flow, new FlowCounts(3UL << 32, 1UL << 50, TcpFlags.Syn, 40_000, 0, 0), Start);
        table.Add(flow, new FlowCounts(uint.MaxValue, 1, TcpFlags.Syn, 40_000, 0, 0), Start);
        table.Tick(Start + Second);
        Assert.Equal(new Traffic((3UL << 32) + uint.MaxValue, (1UL << 50) + 1), table.Single().Traffic);
        Assert.Equal(80_000ul, table.TcpFlags.Syn + table.TcpFlags.SynAck);
    }

    [Fact]
    public void AReferenceThatWasNeverSetIsStale() => Assert.False(Table().More(default, 1, Start));

    [Fact]
    public void AddAndTickAllocateNothing()
    {
        var table = Table();
        var flows = Enumerable.Range(1, 500).Select(port => table.See(Key(Client with { Port = (ushort)port }, Server), Out(2), Start, 1)).ToArray();
        table.Tick(Start + Second);
        AddAll(table, flows, Start + Second);
        var second = 2;
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var end = second + 100; second < end; second++)
                AddAll(table, flows, Start + (second * Second));
        }));
    }

    private static void AddAll(ConversationTable table, FlowRef[] flows, long nowNs)
    {
        foreach (var flow in flows)
            table.Add(flow, new FlowCounts(1, 100), nowNs);
        table.Tick(nowNs + Second);
    }
}
