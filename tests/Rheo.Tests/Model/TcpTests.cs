using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class TcpTests
{
    private const TcpFlags Syn = TcpFlags.Syn;
    private const TcpFlags Ack = TcpFlags.Ack;
    private const TcpFlags Fin = TcpFlags.Fin;
    private const TcpFlags Rst = TcpFlags.Rst;

    [Theory]
    [InlineData(Syn, TcpFlags.None, TcpWireState.SynSent)]
    [InlineData(Syn, Syn | Ack, TcpWireState.SynReceived)]
    [InlineData(Syn | Ack, Syn | Ack, TcpWireState.Established)]
    [InlineData(Ack, TcpFlags.None, TcpWireState.Established)]
    [InlineData(Ack, Ack | Fin, TcpWireState.FinWait)]
    [InlineData(Syn | Ack | Fin, Syn | Ack | Fin, TcpWireState.TimeWait)]
    [InlineData(Syn | Ack | Fin, Syn | Ack | Rst, TcpWireState.Closed)]
    [InlineData(Syn, Rst | Ack, TcpWireState.Closed)]
    [InlineData(Ack | Fin | Rst, Ack | Fin, TcpWireState.TimeWait)] // a RST after both FINs changes nothing
    public void TheStateIsReadFromTheFlagsOfBothEnds(TcpFlags client, TcpFlags server, TcpWireState state)
    {
        var table = Table();
        table.See(Request, Out(2), Start, 5, client);
        if (server != TcpFlags.None)
            table.See(Reply, In(2), Start + 1, 5, server);
        table.Tick(Start + Second);
        Assert.Equal(state, table.Single().TcpState);
    }

    [Fact]
    public void AConversationThatEndedStaysForTheLingerTimeAndIsThenReported()
    {
        var ended = new Collected();
        var table = Table(ended: ended);
        table.See(Request, Out(2), Start, 5, Syn | Ack | Fin);
        var reply = table.See(Reply, In(2), Start + 1, 5, Syn | Ack | Fin);
        table.Tick(Start + Second);
        Assert.Equal(EndReason.Fin, table.Single().End);
        Assert.True(table.More(reply, 1, Start + Second));
        table.Tick(Start + (3 * Second)); // more than a quarter of the time later: it begins anew
        table.Tick(Start + (7 * Second));
        Assert.Empty(ended.Conversations);
        table.Tick(Start + (8 * Second));
        var last = Assert.Single(ended.Conversations);
        Assert.Equal((EndReason.Fin, 11ul), (last.End, last.Traffic.Packets));
        Assert.False(table.More(reply, 1, Start + (8 * Second)));
        Assert.Equal(new ConversationTotals(1, new Traffic(11, 1100)), table.Ended);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void AConnectionShorterThanATickIsReportedWhole()
    {
        var ended = new Collected();
        var table = Table(ended: ended);
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = Start + 1, SynAckNs = Start + 2, AckNs = Start + 3 });
        table.Closed(new CloseMoment(Server, Client, 0, Start + 9, Reset: false));
        Assert.Empty(table.All());
        table.See(Request, Out(2), Start + 1, 5, Syn | Ack | Fin, Start + 9);
        table.See(Reply, In(2), Start + 2, 4, Syn | Ack | Fin, Start + 8);
        for (var second = 1; second <= 8; second++)
            table.Tick(Start + (second * Second));
        var conversation = Assert.Single(ended.Conversations);
        Assert.Equal((5ul, 4ul), (conversation.Sent.Packets, conversation.Received.Packets));
        Assert.Equal((TcpWireState.TimeWait, Initiator.Syn), (conversation.TcpState, conversation.Initiator));
    }

    [Fact]
    public void ASynOnAnEndedTupleBeginsAnotherConversation()
    {
        var table = Table();
        var old = table.See(Request, Out(2), Start, 5, Syn | Ack | Fin);
        var oldReply = table.See(Reply, In(2), Start + 1, 4, Syn | Ack | Fin);
        table.Tick(Start + Second);
        table.Reopened(old);
        table.See(Request, Out(2), Start + Second + 5, 2, Syn);
        // The other direction is handed over later: its last counts are the old conversation's.
        Assert.True(table.More(oldReply, 1, Start + Second));
        table.Reopened(oldReply);
        table.See(Reply, In(2), Start + Second + 6, 3, Syn | Ack);
        table.Tick(Start + (2 * Second));
        var conversations = table.All().OrderBy(conversation => conversation.FirstSeenNs).ToList();
        Assert.Equal([(5ul, 5ul), (2ul, 3ul)], conversations.Select(c => (c.Sent.Packets, c.Received.Packets)));
        Assert.Equal([EndReason.Fin, EndReason.None], conversations.Select(c => c.End));
        AssertBalance(table);
    }

    [Fact]
    public void ANewSynIsEnoughWhenTheHandOverComesLater()
    {
        var table = Table();
        var old = table.See(Request, Out(2), Start, 5, Syn | Ack | Rst, Start + 10);
        table.Tick(Start + Second);
        var renewed = table.See(Request, Out(2), Start + Second + 5, 2, Syn);
        table.Reopened(old);
        Assert.True(table.More(renewed, 1, Start + Second + 9));
        table.Tick(Start + (2 * Second));
        Assert.Equal([5ul, 3ul], table.All().OrderBy(c => c.FirstSeenNs).Select(c => c.Sent.Packets));
    }

    [Fact]
    public void FlowsOfAReusedTupleFindTheirOwnConnectionHoweverLateTheyAreTold()
    {
        var table = Table();
        // Two connections between two scans: each flow of the first is told by its hand-over, one after the other.
        table.Reopened(table.See(Request, Out(2), Start + 10, 5, Syn | Ack | Fin, Start + 90));
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = Start + 200, SynAckNs = Start + 210, AckNs = Start + 220 });
        table.Reopened(table.See(Reply, In(2), Start + 20, 4, Syn | Ack | Fin, Start + 80));
        table.See(Request, Out(2), Start + 200, 3, Syn | Ack);
        table.See(Reply, In(2), Start + 210, 2, Syn | Ack);
        table.Tick(Start + Second);
        var conversations = table.All().OrderBy(conversation => conversation.FirstSeenNs);
        Assert.Equal([(5ul, 4ul), (3ul, 2ul)], conversations.Select(c => (c.Sent.Packets, c.Received.Packets)));
    }

    [Theory]
    [InlineData(-4_000_000)] // "last seen" is known to the jiffy: it may seem to be before the first packet
    [InlineData(+4_000_000)] // or after the next connection's
    public void TheSynThatReopensATupleIsTheLimitBetweenTwoConnectionsShorterThanAJiffy(long error)
    {
        var table = Table();
        var syn = Start + 1_000_000;
        table.Reopened(table.See(Request, Out(2), Start + 10, 5, Syn | Ack | Fin, Start + error), syn);
        table.Reopened(table.See(Reply, In(2), Start + 20, 4, Syn | Ack | Fin, Start + error), syn + 10);
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = Start + 11, SynAckNs = Start + 1021, AckNs = Start + 2030 });
        table.Closed(new CloseMoment(Server, Client, 0, Start + 100, Reset: false));
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = syn + 1, SynAckNs = syn + 2011, AckNs = syn + 4030 });
        table.See(Request, Out(2), syn, 3, Syn | Ack);
        table.See(Reply, In(2), syn + 10, 2, Syn | Ack);
        table.Tick(Start + Second);
        var conversations = table.All().OrderBy(conversation => conversation.FirstSeenNs).ToList();
        Assert.Equal([(5ul, 4ul), (3ul, 2ul)], conversations.Select(c => (c.Sent.Packets, c.Received.Packets)));
        Assert.Equal([EndReason.Fin, EndReason.None], conversations.Select(c => c.End));
        Assert.Equal([2_000L, 4_000L], conversations.Select(c => c.HandshakeRttNs));
        AssertBalance(table);
    }

    [Fact]
    public void ASecondHandshakeIsTheLimitWhereOnlyTheAnswersWereSeenToReopen()
    {
        var table = Table();
        var syn = Start + 1_000_000;
        // The SYNs of both connections were seen on two CPUs; only the SYN-ACKs met on one.
        table.Reopened(table.See(Reply, In(2), Start + 20, 4, Syn | Ack | Fin, Start + 90), syn + 2_000);
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = Start + 11, SynAckNs = Start + 21, AckNs = Start + 31 });
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = syn + 100, SynAckNs = syn + 2_100, AckNs = syn + 4_100 });
        table.See(Request, Out(2), syn, 3, Syn | Ack);
        table.See(Request, Out(2), Start + 10, 5, Syn | Ack | Fin, Start + 90);
        table.See(Reply, In(2), syn + 2_000, 2, Syn | Ack);
        table.Tick(Start + Second);
        var conversations = table.All().OrderBy(conversation => conversation.FirstSeenNs);
        Assert.Equal([(5ul, 4ul), (3ul, 2ul)], conversations.Select(c => (c.Sent.Packets, c.Received.Packets)));
    }

    [Fact]
    public void AnOtherPointOfTheSameShortConnectionIsNoNewConversation()
    {
        var table = Table();
        table.See(Request, Out(2), Start + 100, 5, Syn | Ack | Rst, Start + 900);
        table.Tick(Start + Second);
        table.See(Request, Out(3), Start + 200, 5, Syn | Ack | Rst, Start + 900);
        table.Tick(Start + (2 * Second));
        Assert.Equal(5ul, table.Single().Sent.Packets);
    }

    [Fact]
    public void FlagsAreCountedOnceAtTheCountingPoint()
    {
        var table = Table();
        foreach (var index in new[] { 3, 2 })
        {
            table.See(Request, Out(index), Start + index, 5, Syn | Ack | Fin);
            table.See(Reply, In(index), Start + 10 + index, 5, Syn | Ack | Rst);
        }
        table.Tick(Start + Second);
        Assert.Equal(new TcpFlagTotals(1, 1, 1, 1), table.TcpFlags);
    }

    [Fact]
    public void AHandshakeWithARetransmissionIsCountedButGivesNoRoundTrip()
    {
        var table = Table();
        var moment = new HandshakeMoment { Client = Client, Server = Server, SynNs = Start, SynAckNs = Start + 1, AckNs = Start + (3 * Millisecond) };
        table.Established(in moment);
        table.Established(At(moment, Second) with { SynRetransmits = 1 });
        table.Established(At(moment, 2 * Second) with { SynAckRetransmits = 2 });
        table.Established(At(moment, 3 * Second) with { SynNs = 0 });
        Assert.Equal((4ul, 2ul, 1ul), (table.Handshakes.Completed, table.Handshakes.Retransmitted, table.Handshakes.Rtt.Count));
        Assert.Equal(0.003, table.Handshakes.Rtt.SumSeconds);
        Assert.Equal(1ul, table.Handshakes.Rtt.Counts[RttHistogram.BoundsSeconds.IndexOf(0.005)]);
    }

    [Fact]
    public void OneHandshakeSeenInsideATunnelThatEndsHereAndOutsideIsOneConnection()
    {
        var table = Table();
        table.SetTerminatedTunnels(new HashSet<TunnelId> { new(TunnelKind.Vxlan, 42) });
        var outside = new HandshakeMoment { Client = Client, Server = Server, SynNs = Start, SynAckNs = Start + 400_000, AckNs = Start + 500_000 };
        table.See(Request, Out(2), Start, 2, Syn | Ack); // read between the two moments
        table.Established(in outside);
        table.See(Reply, In(2), Start + 400_000, 1, Syn | Ack);
        table.Established(At(outside, 10_000) with { TunnelId = 42 });
        table.See(Request with { Tunnel = new TunnelId(TunnelKind.Vxlan, 42) }, Out(3), Start + 10_000, 2, Syn | Ack);
        table.Tick(Start + Second);
        Assert.Equal((2ul, 1ul), (table.Single().Sent.Packets, table.Single().Received.Packets));
        Assert.Equal((1ul, 1ul), (table.Total.Conversations, table.Handshakes.Completed));
    }

    [Fact]
    public void AMomentFindsItsConversationInATunnelThatPassesThrough()
    {
        var table = Table();
        var tunnelled = Request with { Tunnel = new TunnelId(TunnelKind.Geneve, 7) };
        table.See(tunnelled, In(2), Start, 5, Syn | Ack);
        table.Established(new HandshakeMoment { Client = Client, Server = Server, TunnelId = 7, SynNs = Start, AckNs = Start + Millisecond });
        table.Tick(Start + Second);
        Assert.Equal(Millisecond, table.Single().HandshakeRttNs);
    }

    private static HandshakeMoment At(HandshakeMoment moment, long laterNs) => moment with
    {
        SynNs = moment.SynNs + laterNs,
        SynAckNs = moment.SynAckNs + laterNs,
        AckNs = moment.AckNs + laterNs,
    };
}
