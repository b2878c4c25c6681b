using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class CountingPointTests
{
    private const int ClientVeth = 11;
    private const int Bridge = 12;
    private const int ServerVeth = 13;
    private const int Uplink = 2;
    private const int VxlanDevice = 20;
    private static readonly TunnelId Vni42 = new(TunnelKind.Vxlan, 42);

    private static FlowKey Tunnelled(FlowKey key) => key with
    {
        Tunnel = Vni42,
        OuterSource = Address.Parse("192.0.2.1"),
        OuterDestination = Address.Parse("192.0.2.2"),
    };

    [Fact]
    public void APacketThatCrossesVethsAndABridgeIsCountedOnce()
    {
        var table = Table();
        // Read in slot order, which is not the order of the packets.
        table.See(Request, Out(ServerVeth), Start + 30, 10);
        table.See(Request, In(Bridge), Start + 20, 10);
        table.See(Request, In(ClientVeth), Start + 10, 10);
        table.See(Request, Out(Bridge), Start + 25, 10);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal(new Traffic(10, 1000), conversation.Sent);
        Assert.Equal([In(ClientVeth), In(Bridge), Out(Bridge), Out(ServerVeth)], Points(conversation.SentPath));
        AssertBalance(table);
    }

    [Fact]
    public void SeveralCpusAtThePointAddUp()
    {
        var table = Table();
        var first = table.See(Request, In(2), Start + 10, 10);
        var second = table.See(Request, In(2), Start + 5, 7);
        table.Tick(Start + Second);
        Assert.Equal(17u, table.Single().Sent.Packets);
        Assert.True(table.More(first, 1, Start + 20) && table.More(second, 1, Start + 20));
        table.Tick(Start + (2 * Second));
        Assert.Equal(19u, table.Single().Sent.Packets);
        Assert.Equal(Start + 5, table.Single().FirstSeenNs);
    }

    [Fact]
    public void APointThatWasReadLateButSawTheFlowFirstTakesOverWithItsOwnTotals()
    {
        var table = Table();
        var late = table.See(Request, Out(ServerVeth), Start + 30, 10);
        table.Tick(Start + Second);
        table.See(Request, In(ClientVeth), Start + 10, 15);
        table.More(late, 4, Start + Second);
        table.Tick(Start + (2 * Second));
        var conversation = table.Single();
        Assert.Equal(15u, conversation.Sent.Packets);
        Assert.Equal(In(ClientVeth), conversation.SentPath[0]);
        AssertBalance(table);
    }

    [Fact]
    public void InItsFirstTicksADirectionMovesToABetterPointAgainAndAgain()
    {
        var table = Table();
        table.See(Request, Out(ServerVeth), Start + 30, 10);
        table.See(Request, In(Bridge), Start + 20, 12);
        table.Tick(Start + Second);
        Assert.Equal(12u, table.Single().Sent.Packets);
        table.See(Request, In(ClientVeth), Start + 10, 15);
        table.Tick(Start + (2 * Second));
        var conversation = table.Single();
        Assert.Equal(15u, conversation.Sent.Packets);
        Assert.Equal(In(ClientVeth), conversation.SentPath[0]);
        AssertBalance(table);
    }

    [Fact]
    public void APlainPointIsPreferredToATunnelledOneThatThisHostTerminates()
    {
        var table = Table();
        table.SetTerminatedTunnels(new HashSet<TunnelId> { Vni42 });
        table.See(Tunnelled(Request), In(Uplink), Start + 10, 10);
        table.See(Request, In(VxlanDevice), Start + 20, 10);
        table.See(Request, Out(ServerVeth), Start + 30, 10);
        table.See(Reply, In(ServerVeth), Start + 40, 5);
        table.See(Reply, Out(VxlanDevice), Start + 50, 5);
        table.See(Tunnelled(Reply) with { OuterSource = Address.Parse("192.0.2.2"), OuterDestination = Address.Parse("192.0.2.1") }, Out(Uplink), Start + 60, 5);
        table.Tick(Start + Second);
        var conversation = table.Single();
        Assert.Equal(new Traffic(10, 1000), conversation.Sent);
        Assert.Equal(new Traffic(5, 500), conversation.Received);
        Assert.Equal([In(VxlanDevice), In(Uplink), Out(ServerVeth)], Points(conversation.SentPath));
        Assert.Equal(new Tunnel(Vni42, Address.Parse("192.0.2.1"), Address.Parse("192.0.2.2")), conversation.Tunnel);
    }

    [Fact]
    public void APlainPointThatComesWhenTheNumberOfTicksWrapsTakesNothingAway()
    {
        var table = Table();
        table.SetTerminatedTunnels(new HashSet<TunnelId> { Vni42 });
        var tunnelled = table.See(Tunnelled(Request), In(Uplink), Start, 10);
        for (var tick = 1; tick < 256; tick++)
        {
            table.More(tunnelled, 10, Start + (tick * Second));
            table.Tick(Start + (tick * Second));
        }

        table.More(tunnelled, 100, Start + (256 * Second));
        table.See(Request, In(VxlanDevice), Start + (256 * Second), 100);
        table.Tick(Start + (256 * Second));

        Assert.Equal(10u + (255u * 10) + 100, table.Single().Sent.Packets);
    }

    [Fact]
    public void ATunnelThatPassesThroughIsPartOfTheIdentity()
    {
        var table = Table();
        table.See(Tunnelled(Request), In(Uplink), Start, 10);
        table.See(Tunnelled(Request) with { Tunnel = new TunnelId(TunnelKind.Vxlan, 43) }, In(Uplink), Start, 10);
        table.See(Request, In(Uplink), Start, 10);
        table.Tick(Start + Second);
        Assert.Equal([0u, 42u, 43u], table.All().Select(conversation => conversation.Tunnel.Id.Id).Order());
    }

    [Fact]
    public void ATunnelThatBecomesOursMergesFromThenOn()
    {
        var table = Table();
        var outside = table.See(Tunnelled(Request), In(Uplink), Start, 10);
        table.Tick(Start + Second);
        table.SetTerminatedTunnels(new HashSet<TunnelId> { Vni42 });
        Assert.False(table.More(outside, 5, Start + Second));
        table.See(Tunnelled(Request), In(Uplink), Start, 5);
        table.See(Request, In(VxlanDevice), Start + Second, 5);
        table.Tick(Start + (2 * Second));
        Assert.Equal(5u, table.Single().Sent.Packets);
        Assert.Equal(15u, table.Total.Traffic.Packets);
        AssertBalance(table);
    }

    [Fact]
    public void ARouteChangeToANewInterfaceLosesNothing()
    {
        var table = Table();
        var before = table.See(Request, Out(2), Start, 10);
        Ticks(table, 1, 5, _ => table.More(before, 10, Start + (4 * Second)));
        // In the sixth second 4 packets leave by the old interface and 6 by the new; then all by the new.
        table.More(before, 4, Start + (5 * Second) + (400 * Millisecond));
        var after = table.See(Request, Out(3), Start + (5 * Second) + (500 * Millisecond), 6);
        Ticks(table, 6, 6, _ => { });
        Ticks(table, 7, 10, _ => table.More(after, 10, Start));
        var conversation = table.Single();
        Assert.Equal(10u + 50 + 10 + 40, conversation.Sent.Packets);
        Assert.Equal(Out(3), conversation.SentPath[0]);
        AssertBalance(table);
    }

    [Fact]
    public void ARouteThatComesBackLosesNothingEither()
    {
        var table = Table();
        var first = table.See(Request, Out(2), Start, 10);
        Ticks(table, 1, 5, _ => table.More(first, 10, Start + (4 * Second)));
        var second = table.See(Request, Out(3), Start + (6 * Second), 10);
        Ticks(table, 6, 9, _ => table.More(second, 10, Start + (8 * Second)));
        Ticks(table, 10, 13, _ => table.More(first, 10, Start + (12 * Second)));
        Assert.Equal(10u + 50 + 10 + 40 + 40, table.Single().Sent.Packets);
        Assert.Equal(Out(2), table.Single().SentPath[0]);
        AssertBalance(table);
    }

    [Fact]
    public void APacketReadAtOnePointBeforeAndAtAnotherAfterATickIsNotCountedTwice()
    {
        var table = Table();
        var counting = table.See(Request, In(ClientVeth), Start, 10);
        var path = table.See(Request, Out(ServerVeth), Start + 10, 10);
        Ticks(table, 1, 5, _ => Assert.True(table.More(counting, 10, Start + Second) && table.More(path, 10, Start + Second)));
        // The last packet: the path's slot is read in time, the counting point's slot in the next round; then silence.
        table.More(path, 1, Start + (5 * Second));
        Ticks(table, 6, 6, _ => { });
        table.More(counting, 1, Start + (5 * Second));
        Ticks(table, 7, 20, _ => { });
        Assert.Equal(10u + 50 + 1, table.Single().Sent.Packets);
        Assert.Equal(In(ClientVeth), table.Single().SentPath[0]);
    }

    [Fact]
    public void AnEndRightAfterARouteChangeLosesNothing()
    {
        var ended = new Collected();
        var table = Table(new ConversationTableOptions { IdleNs = 2 * Second }, ended);
        var before = table.See(Key(Client, Server, Transport.Udp), Out(2), Start, 10);
        Ticks(table, 1, 5, second => table.More(before, 10, Start + (second * Second) - 1));
        table.See(Key(Client, Server, Transport.Udp), Out(3), Start + (5 * Second) + 1, 7, lastNs: Start + (5 * Second) + 2);
        Ticks(table, 6, 9, _ => { });
        Assert.Equal(67u, Assert.Single(ended.Conversations).Sent.Packets);
        AssertBalance(table);
    }

    [Fact]
    public void MoreThanEightPointsAreANumber()
    {
        var table = Table();
        for (var index = 0; index < 11; index++)
            table.See(Request, In(100 + index), Start + index, 10);
        table.Tick(Start + Second);
        var path = table.Single().SentPath;
        Assert.Equal((8, 3, In(100)), (path.Count, path.More, path[0]));
        Assert.Equal(10u, table.Single().Sent.Packets);
    }

    [Fact]
    public void TheSameFlowInAndOutOfATrunkIsOneConversation()
    {
        var table = Table();
        table.See(Request with { Vlan = 10 }, In(Uplink), Start, 10);
        table.See(Request with { Vlan = 20 }, Out(Uplink), Start + 5, 10);
        table.Tick(Start + Second);
        Assert.Equal(10u, table.Single().Sent.Packets);
        Assert.Equal(10, table.Single().Vlan);
    }

    private static void Ticks(ConversationTable table, int from, int to, Action<int> before)
    {
        for (var second = from; second <= to; second++)
        {
            before(second);
            table.Tick(Start + (second * Second));
        }
    }

    private static IEnumerable<ObservationPoint> Points(InterfacePath path) => Enumerable.Range(0, path.Count).Select(index => path[index]);
}
