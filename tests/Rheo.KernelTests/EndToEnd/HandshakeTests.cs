using System.Diagnostics;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>TCP connections of the kernel's own, as somebody on the way sees them.</summary>
public sealed class HandshakeTests
{
    private const int ClientPort = 40_404;

    [RootFact]
    public void TheRoundTripOfAHandshakeIsMeasuredAndNoLongerThanTheConnectionTookToOpen()
    {
        using var scene = new Scene();
        var watch = Stopwatch.StartNew();
        scene.Talk.Exchange();
        watch.Stop();

        var conversation = scene.Single();
        Assert.Equal(Initiator.Syn, conversation.Initiator);
        Assert.Equal(TcpTalk.ServerPort, conversation.Destination.Port);
        Assert.Equal(TcpWireState.TimeWait, conversation.TcpState);
        Assert.Equal(EndReason.Fin, conversation.End);
        Assert.NotNull(conversation.HandshakeRttNs);
        Assert.InRange(conversation.HandshakeRttNs.Value, 1, watch.Elapsed.TotalNanoseconds);
        var handshakes = scene.Capture.Ask(asked => asked.Conversations.Handshakes);
        Assert.Equal((1UL, 0UL), (handshakes.Completed, handshakes.Retransmitted));
    }

    [RootFact]
    public void AHandshakeWithARetransmissionIsCountedButGivesNoRoundTrip()
    {
        using var scene = new Scene();
        scene.Client.Execute("nft add table ip first");
        scene.Client.Execute("nft add chain ip first input { type filter hook input priority 0 ; }");
        scene.Client.Execute("nft add rule ip first input tcp flags & (syn|ack) == syn|ack numgen inc mod 1000 0 drop");

        scene.Talk.Exchange();

        var conversation = scene.Single();
        Assert.Null(conversation.HandshakeRttNs);
        Assert.InRange(conversation.SynRetransmits + conversation.SynAckRetransmits, 1, 10);
        var handshakes = scene.Capture.Ask(asked => asked.Conversations.Handshakes);
        Assert.Equal((1UL, 1UL), (handshakes.Completed, handshakes.Retransmitted));
        Assert.InRange(scene.Capture.Ask(asked => asked.Conversations.TcpFlags).SynAck, 2UL, 10UL);
    }

    [RootFact]
    public void AResetClosesTheConversation()
    {
        using var scene = new Scene();
        var (client, server) = scene.Talk.Open();
        using (server)
        {
            TcpTalk.Say(client, server);
            Assert.Equal(TcpWireState.Established, scene.Single().TcpState);
            TcpTalk.Reset(client);
        }

        var conversation = scene.Single();
        Assert.Equal(TcpWireState.Closed, conversation.TcpState);
        Assert.Equal(EndReason.Reset, conversation.End);
        Assert.Equal(1UL, scene.Capture.Ask(asked => asked.Conversations.TcpFlags).Rst);
    }

    [RootTheory]
    [InlineData(false)]
    [InlineData(true)] // the first is known before the second begins
    public void TheSamePortsTwiceAreTwoConversations(bool scannedBetween)
    {
        using var scene = new Scene();
        scene.Talk.Exchange(ClientPort);
        if (scannedBetween)
            scene.Single();
        scene.Talk.Exchange(ClientPort);

        var both = scene.All();
        Assert.Equal(2, both.Count);
        Assert.All(both, one =>
        {
            Assert.Equal(ClientPort, one.Source.Port);
            Assert.Equal(EndReason.Fin, one.End);
            Assert.NotNull(one.HandshakeRttNs);
            Assert.InRange(one.Sent.Packets, 4UL, 8UL);
            Assert.InRange(one.Received.Packets, 3UL, 8UL);
        });
        Assert.Equal(2UL, scene.Capture.Ask(asked => asked.Conversations.TcpFlags).SynAck);
    }

    [RootFact]
    public void AConnectionResetAndOpenedAgainIsTwoConversations()
    {
        using var scene = new Scene();
        for (var turn = 0; turn < 2; turn++)
        {
            var (client, server) = scene.Talk.Open(ClientPort);
            using (server)
            {
                TcpTalk.Say(client, server);
                TcpTalk.Reset(client);
            }
        }

        var both = scene.All();
        Assert.Equal([EndReason.Reset, EndReason.Reset], both.Select(one => one.End));
        Assert.All(both, one => Assert.Equal((5UL, 3UL), (one.Sent.Packets, one.Received.Packets)));
    }

    /// <summary>A client in one namespace; in the other the server, and the capture at its interface.</summary>
    private sealed class Scene : IDisposable
    {
        private readonly PinnedThread _pinned;
        private readonly TestNamespace _host;

        internal Scene()
        {
            // Each CPU has a table of its own, and only the one that saw the SYN knows that a new connection has begun on a tuple.
            _pinned = PinnedThread.ToOneCpu();
            (_host, Client) = TestNamespace.CreatePair();
            Talk = new TcpTalk(Client, _host, "10.9.9.1");
            Capture = RunningCapture.Start(_host, "left");
        }

        internal TestNamespace Client { get; }

        internal TcpTalk Talk { get; }

        internal RunningCapture Capture { get; }

        internal List<Conversation> All() => [.. Capture.Conversations().Where(one => one.Protocol == Transport.Tcp)];

        internal Conversation Single() => Assert.Single(All());

        public void Dispose()
        {
            Capture.Dispose();
            Talk.Dispose();
            Client.Dispose();
            _host.Dispose();
            _pinned.Dispose();
        }
    }
}
