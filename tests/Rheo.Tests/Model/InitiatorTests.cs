using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class InitiatorTests
{
    private static readonly Endpoint HighServer = new(Address.Parse("10.0.0.1"), 60_000);
    private static readonly Endpoint LowClient = new(Address.Parse("10.0.0.2"), 22);

    [Fact]
    public void WhoSentTheSynIsTheSourceWhateverThePorts()
    {
        var table = Table();
        table.See(Key(HighServer, LowClient), In(2), Start + 5, 1, TcpFlags.Syn | TcpFlags.Ack);
        table.See(Key(LowClient, HighServer), Out(2), Start + 1, 3, TcpFlags.Syn | TcpFlags.Ack);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal((LowClient, Initiator.Syn), (conversation.Source, conversation.Initiator));
    }

    [Fact]
    public void ASynWithoutAckIsEnough()
    {
        var table = Table();
        table.See(Request, In(2), Start, 1, TcpFlags.Syn);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal((Client, Initiator.Syn, TcpWireState.SynSent), (conversation.Source, conversation.Initiator, conversation.TcpState));
    }

    [Fact]
    public void WhoReceivesASynAckOpenedIt()
    {
        var table = Table();
        table.See(Reply, In(2), Start, 1, TcpFlags.Syn | TcpFlags.Ack);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal((Client, Initiator.Syn), (conversation.Source, conversation.Initiator));
        Assert.Equal(new Traffic(1, 100), conversation.Received);
    }

    [Fact]
    public void WithoutASynTheFirstPacketGuesses()
    {
        var table = Table();
        table.See(Request, In(2), Start + 20, 4, TcpFlags.Ack);
        table.See(Reply, Out(2), Start + 10, 5, TcpFlags.Ack | TcpFlags.Psh);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal((Server, Initiator.Guess), (conversation.Source, conversation.Initiator));
        Assert.Equal(500u, conversation.Sent.Bytes);
        Assert.Equal(TcpWireState.Established, conversation.TcpState);
    }

    [Fact]
    public void ALaterHandshakeFlipsTheGuessInTheSameConversation()
    {
        var table = Table();
        table.See(Reply, Out(2), Start + 10, 5, TcpFlags.Ack | TcpFlags.Psh);
        table.See(Request, In(2), Start + 20, 4, TcpFlags.Ack);
        table.Tick(Start + Second);
        table.Established(new HandshakeMoment { Client = Client, Server = Server, SynNs = Start, SynAckNs = Start + 5, AckNs = Start + 2_000_500 });
        var conversation = table.Single();
        Assert.Equal((Client, Initiator.Syn), (conversation.Source, conversation.Initiator));
        Assert.Equal((400ul, 500ul), (conversation.Sent.Bytes, conversation.Received.Bytes));
        Assert.Equal(2_000_000, conversation.HandshakeRttNs);
    }

    [Fact]
    public void AnEchoRequestAndItsReplyAreOneConversationOfTheRequester()
    {
        var table = Table();
        table.See(Icmp("10.0.0.9", "10.0.0.1", 0), In(2), Start, 3);
        table.See(Icmp("10.0.0.1", "10.0.0.9", 8), Out(2), Start + 10, 4);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal(new Endpoint(Address.Parse("10.0.0.1"), 0), conversation.Source);
        Assert.Equal(8, conversation.IcmpType);
        Assert.Equal((400ul, 300ul), (conversation.Sent.Bytes, conversation.Received.Bytes));
    }

    [Fact]
    public void TwoHostsThatPingEachOtherAreTwoConversations()
    {
        var table = Table();
        table.See(Icmp("10.0.0.1", "10.0.0.9", 8), Out(2), Start, 1);
        table.See(Icmp("10.0.0.9", "10.0.0.1", 8), In(2), Start, 1);
        table.Tick(Start + Second);
        Assert.Equal(2, table.All().Count);
    }

    [Theory]
    [InlineData(128, 129)]
    [InlineData(133, 134)]
    [InlineData(135, 136)]
    public void Icmp6QueriesAndAnswersAreOneConversation(byte request, byte reply)
    {
        var table = Table();
        table.See(Icmp("fe80::1", "fe80::2", request, protocol: Transport.Icmp6), Out(2), Start, 1);
        table.See(Icmp("fe80::2", "fe80::1", reply, protocol: Transport.Icmp6), In(2), Start, 1);
        table.Tick(Start + Second);
        Assert.Equal("fe80::1", table.Single().Source.ToString());
    }

    [Fact]
    public void OtherIcmpMessagesStandByTypeAndCode()
    {
        var table = Table();
        table.See(Icmp("10.0.0.1", "10.0.0.9", 3, 1), Out(2), Start, 1);
        table.See(Icmp("10.0.0.1", "10.0.0.9", 3, 3), Out(2), Start, 1);
        table.Tick(Start + Second);
        Assert.Equal([(3, 1), (3, 3)], table.All().Select(c => ((int)c.IcmpType, (int)c.IcmpCode)).Order());
    }
}
