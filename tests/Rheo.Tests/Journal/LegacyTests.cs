using Rheo.Journal;
using Rheo.Model;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Journal;

/// <summary>What a capture leaves to the one that goes on in its place: nothing is missing, nothing is there twice.</summary>
public sealed class LegacyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheHeirHasTheSameSumsAndTheSameConversations(int seed)
    {
        var pair = new JournalPair();
        pair.Begin();
        var life = new RandomLife(pair, seed);
        for (var round = 0; round < 100; round++)
        {
            life.Go();
            pair.Tick();
        }

        var heir = new Heir();
        new LegacyReader(heir, wantsSlots: true).Read(Write(pair));

        heir.Conversations.Tick(pair.Now);
        Assert.Equal(pair.Here.Total, heir.Conversations.Total);
        Assert.Equal(pair.Here.Live, heir.Conversations.Live);
        Assert.Equal(pair.Here.Ended, heir.Conversations.Ended);
        Assert.Equal(pair.Here.Other, heir.Conversations.Other);
        Assert.Equal(pair.Here.TcpFlags, heir.Conversations.TcpFlags);
        Assert.Equal(pair.Here.Handshakes.Completed, heir.Conversations.Handshakes.Completed);
        Assert.Equal(pair.Here.Handshakes.Rtt.SumSeconds, heir.Conversations.Handshakes.Rtt.SumSeconds);
        Assert.Equal(pair.Here.Handshakes.Rtt.Count, heir.Conversations.Handshakes.Rtt.Count);
        Assert.Equal(JournalPair.Outlines(pair.Here), JournalPair.Outlines(heir.Conversations));
        Assert.NotEmpty(JournalPair.Outlines(heir.Conversations));
    }

    [Fact]
    public void AConversationGoesOnWhereItWas()
    {
        var pair = new JournalPair();
        pair.Begin();
        pair.See(Flows.Request, Flows.Out(2), 100, TcpFlags.Syn);
        pair.See(Flows.Reply, Flows.In(2), 90, TcpFlags.Syn | TcpFlags.Ack);
        pair.Tick();
        var heir = new Heir();
        new LegacyReader(heir, wantsSlots: true).Read(Write(pair));

        var flow = heir.Conversations.Open(Flows.Reply, Flows.In(2), pair.Now, TcpFlags.Ack);
        heir.Conversations.Add(flow, new FlowCounts(10, 1000, TcpFlags.Ack), pair.Now);
        heir.Conversations.Tick(pair.Now + 1);

        var one = heir.Conversations.Single();
        Assert.Equal((100UL, 100UL), (one.Sent.Packets, one.Received.Packets));
        Assert.Equal(1UL, heir.Conversations.Total.Conversations);
    }

    [Fact]
    public void WhatProcessesCarriedGoesOnWhereItWas()
    {
        var pair = new JournalPair();
        var before = Flows.Client with { Port = 4 };
        var owners = new OwnerTable().Add(Flows.Client, OwnerTable.Curl).Add(before, OwnerTable.Curl);
        var nobodys = Flows.Key(Flows.Client with { Port = 5 }, Flows.Server, Transport.Udp);
        pair.Here.Owners = owners;
        pair.See(Flows.Key(before, Flows.Server, Transport.Udp), Flows.Out(2), 1000);
        pair.Tick();
        pair.Tick(61 * Flows.Second); // it is over
        pair.See(Flows.Request, Flows.Out(2), 100, TcpFlags.Syn | TcpFlags.Ack);
        pair.See(Flows.Reply, Flows.In(2), 90, TcpFlags.Syn | TcpFlags.Ack);
        pair.See(nobodys, Flows.Out(2), 7);
        pair.Tick();
        var heir = new Heir();
        new LegacyReader(heir, wantsSlots: true).Read(Write(pair));
        heir.Conversations.Owners = owners;

        heir.Conversations.Tick(pair.Now + 1);
        Assert.Equal([(new Traffic(1100, 110_000), new Traffic(90, 9000))], Named(heir));
        Assert.Equal(new Traffic(7, 700), heir.Conversations.OwnerSums.Unattributed.Sent);

        heir.Conversations.See(Flows.Request, Flows.Out(2), pair.Now, 1, TcpFlags.Ack);
        heir.Conversations.See(nobodys, Flows.Out(2), pair.Now, 1);
        heir.Conversations.Tick(pair.Now + 2);
        Assert.Equal([(new Traffic(1101, 110_100), new Traffic(90, 9000))], Named(heir));
        Assert.Equal(new Traffic(8, 800), heir.Conversations.OwnerSums.Unattributed.Sent);
        Assert.Equal(default, heir.Conversations.OwnerSums.AttributedLate);
    }

    private static IEnumerable<(Traffic Sent, Traffic Received)> Named(Heir heir) =>
        heir.Conversations.OwnerSums.Named.Select(owner => (owner.Traffic.Sent, owner.Traffic.Received));

    [Fact]
    public void WhatIsCutIsNotBelievedAtAll()
    {
        var pair = new JournalPair();
        pair.Begin();
        pair.See(Flows.Request, Flows.Out(2), 100, TcpFlags.Syn);
        pair.Tick();
        var whole = Write(pair).ToArray();

        for (var length = 0; length < whole.Length; length++)
        {
            var heir = new Heir();
            var cut = new MemoryStream(whole[..length]);
            Assert.Throws<InvalidDataException>(() => new LegacyReader(heir, wantsSlots: true).Read(cut));
            Assert.Equal(default, heir.Conversations.Total);
        }
    }

    [Fact]
    public void ASlotComesWithAllThatWasToldOfIt()
    {
        var pair = new JournalPair();
        var into = new MemoryStream();
        var writer = new LegacyWriter(into, 5);
        var slot = new SlotPast
        {
            IsWide = true, Slot = 77, Version = 12, Told = new Traffic(1UL << 40, 1UL << 50), Syn = 1, Fin = 2, Rst = 3,
            Class = TrafficClass.Udp, IsConversation = true, Point = new ObservationPoint(4, true), Interface = 4,
        };
        writer.Write(in slot, pair.Here);
        writer.Write(slot with { Point = null, IsWide = false }, pair.Here);
        writer.End();

        var heir = new Heir();
        new LegacyReader(heir, wantsSlots: true).Read(into);
        Assert.Equal([slot, slot with { Point = null, IsWide = false }], heir.Slots);
    }

    private static MemoryStream Write(JournalPair pair)
    {
        var into = new MemoryStream();
        var writer = new LegacyWriter(into, pair.Now);
        writer.Write(pair.Here);
        writer.Write(Ledger.Empty, default, [1, 2, 3]);
        writer.End();
        return into;
    }
}
