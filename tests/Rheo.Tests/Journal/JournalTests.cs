using System.Buffers.Binary;
using Rheo.Journal;
using Rheo.Model;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Journal;

/// <summary>A table that plays a journal is to become the table that the journal was written beside.</summary>
public sealed class JournalTests
{
    private static readonly Ledger Books = new() { FlowsInserted = 7, Losses = [new StageLoss("flow_ring", 3, 300, 1)] };

    [Fact]
    public void EveryKindOfConversationComesOutAsItIs()
    {
        var pair = new JournalPair();
        var client = Flows.Client;
        pair.Begin();
        pair.See(Flows.Request, Flows.Out(2), 5, TcpFlags.Syn | TcpFlags.Ack);
        pair.See(Flows.Reply, Flows.In(2), 4, TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Fin);
        pair.See(Flows.Icmp("10.0.0.1", "10.0.0.9", 8), Flows.Out(2), 1);
        pair.See(Flows.Icmp("10.0.0.9", "10.0.0.1", 0), Flows.In(2), 1);
        pair.See(Flows.Key(client, Flows.Server, Transport.Udp) with { Vlan = 7, InnerVlan = 9 }, Flows.In(3), 2);
        pair.See(InTunnel(Flows.Key(client with { Port = 9 }, Flows.Server, Transport.Udp)), Flows.In(2), 2);
        pair.See(Flows.Key(new Endpoint(Address.Parse("fe80::1"), 5), new Endpoint(Address.Parse("fe80::2"), 6)) with { Network = NetworkType.IPv6 }, Flows.In(1), 2);
        pair.See(Flows.Key(client with { Port = 0 }, Flows.Server with { Port = 0 }, Transport.Udp) with { IsFragment = true }, Flows.In(2), 2);
        pair.Tick();

        Assert.Equal(6, pair.There.All().Count);
        pair.AssertSame();
    }

    [Fact]
    public void OwnersAreToldWithTheirConversationsAlsoWhenTheyAreFoundAfterTheLastPacket()
    {
        var pair = new JournalPair();
        pair.Here.Owners = new OwnerTable().Add(Flows.Client, OwnerTable.Curl).Add(Flows.Server, OwnerTable.Nginx, OwnerTable.Curl);
        pair.Begin();
        pair.See(Flows.Request, Flows.Out(2), 5, TcpFlags.Syn | TcpFlags.Ack);
        pair.Tick();
        Assert.Equal([OwnerTable.Curl], pair.There.Single().SourceProcesses);
        Assert.Equal([OwnerTable.Nginx, OwnerTable.Curl], pair.There.Single().DestinationProcesses);
    }

    [Theory]
    [InlineData(3600 * Flows.Second)]
    [InlineData(-3600 * Flows.Second)]
    public void AClockThatIsSetEndsNothingAtTheReaderEither(long step)
    {
        var pair = new JournalPair();
        pair.Begin();
        var flow = pair.See(Flows.Request, Flows.Out(2), 5, TcpFlags.Ack);
        pair.See(Flows.Key(Flows.Client, Flows.Server, Transport.Udp), Flows.Out(2), 3);
        pair.Tick();

        pair.SetClock(step);
        pair.Add(flow, Flows.Out(2), 2, TcpFlags.Ack);
        pair.Tick();

        Assert.Equal(2, pair.There.All().Count);
        pair.AssertSame();
        pair.Tick(61 * Flows.Second); // as long as ever
        Assert.Single(pair.There.All());
        pair.AssertSame();
    }

    [Fact]
    public void AReaderWhoComesLaterLearnsTheOwnersOfWhatGoesOn()
    {
        var pair = new JournalPair();
        pair.Here.Owners = new OwnerTable().Add(Flows.Client, OwnerTable.Curl);
        var flow = pair.See(Flows.Request, Flows.Out(2), 5, TcpFlags.Ack);
        pair.Tick();
        pair.Begin();
        pair.Add(flow, Flows.Out(2), 3, TcpFlags.Ack);
        pair.Tick();
        Assert.Equal([OwnerTable.Curl], pair.There.Single().SourceProcesses);
    }

    [Fact]
    public void MoreOwnersThanThereAreNumbersForAreToldAllTheSame()
    {
        var owners = new OwnerTable();
        var pair = new JournalPair();
        pair.Here.Owners = owners;
        pair.Begin();
        for (var at = 0; at < 10_000; at++)
        {
            var client = Flows.Client with { Port = (ushort)(1000 + at) };
            owners.Add(client, OwnerTable.Curl with { Pid = at + 1, Executable = new string('x', 5000) });
            pair.See(Flows.Key(client, Flows.Server), Flows.Out(2), 1);
        }

        pair.Tick();
        Assert.All(pair.There.All(), flow => Assert.Equal(flow.Source.Port - 999, Assert.Single(flow.SourceProcesses).Pid));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhateverHappensBothTablesStayTheSame(int seed)
    {
        var pair = new JournalPair();
        pair.Here.Owners = new OwnerTable().Add(Flows.Client, OwnerTable.Curl).Add(Flows.Server, OwnerTable.Nginx);
        pair.Begin();
        var life = new RandomLife(pair, seed);
        for (var round = 0; round < 300; round++)
        {
            life.Go();
            pair.Tick();
            pair.AssertSame();
        }

        Assert.Equal(pair.Here.Total, pair.There.Total);
        Assert.Equal(pair.Here.TcpFlags, pair.There.TcpFlags);
        Assert.Equal(pair.Here.Handshakes.Completed, pair.There.Handshakes.Completed);
        Assert.NotEqual(0UL, pair.Here.Ended.Conversations);
    }

    [Fact]
    public void AReaderWhoComesLaterCountsFromThereAndKnowsWhatWasBefore()
    {
        var pair = new JournalPair();
        pair.See(Flows.Request, Flows.Out(2), 100, TcpFlags.Syn);
        pair.See(Flows.Reply, Flows.In(2), 100, TcpFlags.Syn | TcpFlags.Ack);
        pair.Established(Flows.Client, Flows.Server, rttNs: 3_000_000);
        pair.Tick();
        pair.Begin();
        pair.See(Flows.Reply, Flows.In(2), 4, TcpFlags.Ack);
        pair.Tick();

        var one = pair.There.Single();
        Assert.Equal((0UL, 4UL), (one.Sent.Packets, one.Received.Packets));
        Assert.Equal(Initiator.Syn, one.Initiator);
        Assert.Equal(Flows.Client, one.Source);
        Assert.Equal(3_000_000, one.HandshakeRttNs);
        Assert.Equal(pair.Here.Single().FirstSeenNs, one.FirstSeenNs);
        Assert.Equal(TcpWireState.Established, one.TcpState);
    }

    [Fact]
    public void TheBooksCountFromWhenTheReaderCame()
    {
        var pair = new JournalPair { Ledger = Books };
        pair.Begin();
        Assert.Equal(0UL, pair.Player.Ledger.LostPackets);

        pair.Ledger = Books with { FlowsInserted = 9, Losses = [new StageLoss("flow_ring", 5, 500, 2)] };
        pair.Tick();

        Assert.Equal(2UL, pair.Player.Ledger.FlowsInserted);
        Assert.Equal(new StageLoss("flow_ring", 2, 200, 1), Assert.Single(pair.Player.Ledger.Losses));
    }

    [Fact]
    public void InterfacesThatAreNotWantedAreNotWatched()
    {
        var pair = new JournalPair(name => name == "if3");
        pair.Begin();
        pair.See(Flows.Request, Flows.In(2), 7);
        pair.See(Flows.Request, Flows.Out(3), 5);
        pair.Tick();

        Assert.Equal(7UL, pair.Here.Single().Sent.Packets);
        Assert.Equal(5UL, pair.There.Single().Sent.Packets); // as if nothing but if3 were watched
        Assert.Equal(5UL, pair.Totals.At(Flows.Out(3), TrafficClass.Tcp).Packets);
        Assert.Equal(0UL, pair.Totals.At(Flows.In(2), TrafficClass.Tcp).Packets);
    }

    [Fact]
    public void WhatIsNoFrameIsRefusedAndNothingElseHappens()
    {
        var good = JournalPair.SomeFrames();
        var random = new Random(20_262);
        var player = new JournalPair().Player;
        for (var round = 0; round < 5_000; round++)
        {
            var frame = good[random.Next(good.Count)].ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            Play(player, frame.AsSpan(0, random.Next(frame.Length + 1)));
        }
    }

    [Fact]
    public void ACountThatNobodyCanHaveCountedIsRefused()
    {
        var frame = new FrameWriter();
        frame.Record(JournalRecord.Other);
        frame.Number(2);
        frame.Byte(0);
        frame.Byte((byte)TrafficClass.Arp);
        frame.Number(ulong.MaxValue);
        frame.Number(1);

        Assert.Throws<InvalidDataException>(() => new JournalPair().Player.Play(frame.Take().AsSpan(FrameWriter.Head)));
    }

    [Fact]
    public void TheGreetingIsReadAsItWasWritten()
    {
        var hello = new JournalHello
        {
            Process = 42,
            Namespace = "net:[1]",
            Interfaces = ["eth*"],
            Exclude = ["eth7"],
            Attached = ["eth0 (tcx)"],
            Warnings = ["x"],
            Names = new Dictionary<int, string> { [1] = "lo", [2] = "eth\"0" },
        };
        var frame = hello.ToFrame();
        Assert.Equal(frame.Length - FrameWriter.Head, (int)BinaryPrimitives.ReadUInt32LittleEndian(frame));

        var read = JournalHello.Parse(frame.AsMemory(FrameWriter.Head));

        Assert.Equivalent(hello, read, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":3}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":3,\"process\":1,\"namespace\":null,\"interfaces\":[1]}")]
    public void WhatDoesNotGreetAsAnAgentIsNone(string text) =>
        Assert.Throws<InvalidDataException>(() => JournalHello.Parse(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void AGreetingOfAnotherVersionSaysSo() =>
        Assert.Equal(4, JournalHello.Parse("{\"version\":4,\"other\":[]}"u8.ToArray()).Version);

    private static FlowKey InTunnel(FlowKey key) => key with
    {
        Tunnel = new TunnelId(TunnelKind.Vxlan, 42),
        OuterSource = Address.Parse("192.0.2.1"),
        OuterDestination = Address.Parse("192.0.2.2"),
    };

    private static void Play(JournalPlayer player, ReadOnlySpan<byte> frame)
    {
        try
        {
            player.Play(frame);
        }
        catch (InvalidDataException)
        {
        }
    }
}
