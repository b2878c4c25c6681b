using Rheo.Model;
using Xunit;
using static Rheo.Model.TcpFlags;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

/// <summary>Conversations that come and go for months: what one leaves behind must neither stay nor hurt the next.</summary>
public sealed class ComeAndGoTests
{
    // Two thirds of the cells that an index begins with, so that most have neighbours.
    private const int Many = 700;

    // By chance: ends that follow one another would each have a cell of their own.
    private static readonly Endpoint[] s_clients = Clients();

    [Fact]
    public void OfManyConversationsThoseThatGoOnAreFoundWhenHalfHaveLeft()
    {
        var table = Table();
        for (var at = 0; at < Many; at++)
            table.See(Udp(at), Out(2), Start, 1);
        for (var second = 30; second <= 90; second += 30)
        {
            for (var at = 0; at < Many; at += 2)
                table.See(Udp(at), Out(2), Start + (second * Second), 1);
            table.Tick(Start + (second * Second));
        }

        Assert.Equal(Many / 2, table.Count);
        Assert.Equal((ulong)Many, table.Total.Conversations);
        Assert.All(table.All(), conversation => Assert.Equal(4UL, conversation.Sent.Packets));
    }

    [Fact]
    public void OfManyThatWereReopenedThoseThatStayAreFoundWhenHalfHaveLeft()
    {
        var table = Table();
        for (var at = 0; at < Many; at += 2)
            Reopen(at, Start);
        for (var at = 1; at < Many; at += 2)
            Reopen(at, Start + (4 * Second));
        table.Tick(Start + (6 * Second));
        Assert.Equal(Many + (Many / 2), table.Count); // of the first half the former ones have left

        // Another point reports late what it saw of the former ones.
        for (var at = 1; at < Many; at += 2)
            table.See(Tcp(at), In(3), Start + (4 * Second) + 10, 5, Ack, Start + (4 * Second) + 50);
        table.Tick(Start + (7 * Second));

        Assert.Equal(2UL * Many, table.Total.Conversations);
        Assert.All(table.All().Where(conversation => conversation.End == EndReason.Fin), former => Assert.Equal(5UL, former.Sent.Packets));
        Assert.All(table.All().Where(conversation => conversation.End == EndReason.None), next => Assert.Equal(2UL, next.Sent.Packets));

        void Reopen(int at, long began)
        {
            table.Tick(began);
            table.Reopened(table.See(Tcp(at), Out(2), began, 5, Syn | Ack | Fin, began + 90), began + 1000);
            // Where its SYN was seen later, that is no news.
            table.Reopened(table.See(Back(at), In(2), began + 1, 4, Syn | Ack | Fin, began + 90), began + 2000);
            table.See(Tcp(at), Out(2), began + 1000, 2, Syn);
        }
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void WhenTheClockIsSetWhatIsToldLateStillFindsItsOwnConnection(int seconds)
    {
        var table = Table();
        var step = seconds * Second;
        table.Reopened(table.See(Request, Out(2), Start + 10, 5, Syn | Ack | Fin, Start + 90), Start + 1000);
        table.See(Request, Out(2), Start + 1000, 3, Syn | Ack);
        table.ShiftTime(step);
        table.See(Reply, In(2), Start + step + 20, 4, Syn | Ack | Fin, Start + step + 80);
        table.See(Reply, In(2), Start + step + 1010, 2, Syn | Ack);
        table.Tick(Start + step + Second);

        var conversations = table.All().OrderBy(conversation => conversation.FirstSeenNs);
        Assert.Equal([(5ul, 4ul), (3ul, 2ul)], conversations.Select(one => (one.Sent.Packets, one.Received.Packets)));
    }

    [Fact]
    public void WithAConversationItsRatesLeave()
    {
        var table = Table();
        var (request, reply) = (table.See(Request, Out(2), Start, 5, Syn | Ack), table.See(Reply, In(2), Start + 1, 4, Syn | Ack));
        table.Tick(Start + Second);
        table.More(request, 1, Start + Second, Fin); // in another second: rates of its own
        table.More(reply, 1, Start + Second, Fin);
        for (var second = 2; second <= 8; second++)
            table.Tick(Start + (second * Second));

        Assert.Empty(table.All());
        Assert.Equal(0, table.ActiveCount);
    }

    [Fact]
    public void ConversationsWithTagsThatComeAndGoTakeNoMoreMemory()
    {
        var table = Table();
        var now = Start;
        Pass(2);

        Assert.Equal(0, Allocated.By(() => Pass(8)));

        void Pass(int rounds)
        {
            for (var round = 0; round < rounds; round++, now += 61 * Second)
            {
                for (var at = 0; at < Many; at++)
                    table.See(Udp(at) with { Vlan = 7 }, Out(2), now, 1);
                table.Tick(now);
                table.Tick(now + (60 * Second));
            }
        }
    }

    [Fact]
    public void AConversationThatWasQuietForMinutesSharesItsRatesWithNobody()
    {
        var table = Table();
        var quiet = table.See(Request, Out(2), Start, 5, Syn | Ack);
        table.See(Reply, In(2), Start + 1, 5, Syn | Ack);
        for (var second = 1; second <= 120; second++)
            table.Tick(Start + (second * Second));
        Assert.Equal(0, table.ActiveCount);

        table.See(Key(Client, Server, Transport.Udp), Out(2), Start + (120 * Second), 20);
        table.More(quiet, 10, Start + (120 * Second));
        table.Tick(Start + (121 * Second));

        var rates = table.All().ToDictionary(conversation => conversation.Protocol, conversation => conversation.Rates.OneSecond.Packets);
        Assert.Equal((20f, 10f), (rates[Transport.Udp], rates[Transport.Tcp]));
    }

    [Fact]
    public void AnEndFromBeforeItsBeginningEndsNoConversation()
    {
        var table = Table();
        table.See(Request, Out(2), Start + Second, 1, Syn);
        table.Closed(new CloseMoment(Server, Client, 0, Start, Reset: true));
        table.Tick(Start + (2 * Second));

        Assert.Equal(EndReason.None, table.Single().End);
    }

    [Theory]
    [InlineData(15_000, 1)] // seen at a second point, a few microseconds on
    [InlineData(40_000, 2)]
    public void AHandshakeWithoutARoundTripIsTheSameOneForAMomentOnly(long laterNs, ulong conversations)
    {
        var table = Table();
        var first = new HandshakeMoment { Client = Client, Server = Server, SynNs = Start, AckNs = Start + 500_000, SynRetransmits = 1 };
        table.Established(in first);
        table.Established(first with { SynNs = Start + laterNs });

        Assert.Equal((conversations, conversations), (table.Total.Conversations, table.Handshakes.Completed));
    }

    private static FlowKey Udp(int at) => Key(s_clients[at], Server, Transport.Udp);

    private static FlowKey Tcp(int at) => Key(s_clients[at], Server);

    private static FlowKey Back(int at) => Key(Server, s_clients[at]);

    private static Endpoint[] Clients()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Many).Select(_ => new Endpoint(Address.FromIPv4((uint)random.Next()), (ushort)random.Next(1024, 65_536)))];
    }
}
