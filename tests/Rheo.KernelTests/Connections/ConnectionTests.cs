using System.Net;
using System.Net.Sockets;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.KernelTests.Connections;

/// <summary>Real connections in namespaces of their own, with <c>ss -ti</c> as the judge of the figures.</summary>
public sealed class ConnectionTests
{
    private const int Port = 8080;

    [RootFact(Kernel = "5.12")]
    public void BothEndsOfALiveConnectionAreShownWithTheirRoles()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        wire.Keep(listener.Accept());

        var near = WatchedWire.Await(() => wire.ClientEnd(Port), _ => true);
        var far = WatchedWire.Await(() => wire.ServerEnd(Port), end => !end.Figures.HasNoProcess);

        Assert.Equal((ConnectionRole.Client, ConnectionState.Established), (near.Role, near.Figures.State));
        Assert.Equal((ConnectionRole.Server, ConnectionState.Established), (far.Role, far.Figures.State));
        Assert.Equal(((IPEndPoint)client.LocalEndPoint!).Port, near.Figures.Local.Port);
        Assert.Equal(near.Figures.Local, far.Figures.Remote);
        Assert.NotEqual(near.Figures.Namespace, far.Figures.Namespace);
        Assert.InRange(near.ConnectNs!.Value, 1_000, 1_000_000_000);
    }

    [RootFact(Kernel = "5.12")]
    public void WhatAnOlderSocketSentAgainBeforeIsNoPartOfItsNextAttempt()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var client = left;
        using var other = right;
        client.Ip("neigh add 10.9.9.3 lladdr 02:00:00:00:00:07 dev left"); // nobody's
        using var actor = Owners.Actor.StartIn(client.Name, "again", "10.9.9.3", "80");
        _ = actor.Port;
        var table = new ConnectionTable(new ConnectionTableOptions());
        using var capture = TcpCapture.Open(table);

        actor.GoOn();
        _ = actor.Child;
        capture.Walk();

        Assert.InRange(table.Totals.Retransmits.Total, 1UL, 1000UL);
    }

    [RootFact(Kernel = "5.12")]
    public void AConnectionThatRestedIsToldWhenItMovesAgain()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        wire.Keep(listener.Accept());
        WatchedWire.Await(() => wire.ClientEnd(Port), _ => true);
        for (var walks = 0; walks < 5; walks++)
            wire.WalkNow(); // where nothing moves, the walks have nothing to tell

        client.Send([1, 2, 3]);

        WatchedWire.Await(() => wire.ClientEnd(Port), end => end.Figures.BytesSent == 3);
    }

    [RootFact(Kernel = "5.12")]
    public void TheFiguresAreThoseOfSs()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        wire.Lose(5);
        using (Talk.InBackground(() => Talk.ReadAll(server)))
        {
            Talk.Stream(client, TimeSpan.FromSeconds(3));
            wire.LoseNoMore();
            Thread.Sleep(1500); // what was lost last is sent again
            client.Shutdown(SocketShutdown.Send);
        }

        var end = WatchedWire.Await(() => wire.ClientEnd(Port), end => end.Figures.State == ConnectionState.FinWait2);
        var judge = SocketStatistics.To(wire.Client, Port);

        Assert.True(judge.Retransmits > 10, $"only {judge.Retransmits} retransmits");
        Assert.Equal(judge.Retransmits, (int)end.Figures.Retransmitted);
        Assert.Equal(judge.Retransmits, (int)end.Figures.Retransmits.Total);
        Assert.True(end.Figures.Retransmits.Fast > 0);
        Assert.Equal(judge.BytesAcked, end.Figures.BytesAcked);
        Assert.Equal(judge.CongestionWindow, (int)end.Figures.CongestionWindow);
        Assert.InRange(end.Figures.RttNs / 1e6, judge.RttMilliseconds * 0.9, judge.RttMilliseconds * 1.1);
        Assert.InRange(end.Figures.RttVarianceNs / 1e6, judge.RttVarianceMilliseconds - 0.002, judge.RttVarianceMilliseconds + 0.002);
    }

    [RootFact(Kernel = "5.12")]
    public void TheTimeThatAWindowIsClosedIsMeasuredAtBothEnds()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        var watch = System.Diagnostics.Stopwatch.StartNew();
        double stopped;
        using (Talk.InBackground(() => Talk.Stream(client, TimeSpan.FromSeconds(4))))
        {
            Thread.Sleep(3000);
            stopped = watch.Elapsed.TotalSeconds;
            using var reading = Talk.InBackground(() => Talk.ReadAll(server));
            Thread.Sleep(1500);
            client.Shutdown(SocketShutdown.Send);
        }

        Thread.Sleep(300);
        var near = WatchedWire.Await(() => wire.ClientEnd(Port), _ => true);
        var far = WatchedWire.Await(() => wire.ServerEnd(Port), _ => true);
        Assert.InRange(near.SendWindowClosedNs / 1e9, stopped - 0.2, stopped + 0.2);
        Assert.InRange(far.ReceiveWindowClosedNs / 1e9, stopped - 0.2, stopped + 0.2);
        Assert.Equal(0, near.ReceiveWindowClosedNs);
    }

    [RootFact(Kernel = "5.12")]
    public void WhyAConnectionEndedIsTold()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var (first, second) = (wire.Connect(Port), wire.Keep(listener.Accept()));
        first.Close();
        second.Close();
        Assert.Equal(ConnectionEnd.FinReceived, WatchedWire.Await(() => wire.ServerEnd(Port), end => end.IsEnded).Figures.End);
        Assert.Equal(ConnectionEnd.FinSent, WatchedWire.Await(() => wire.ClientEnd(Port), end => end.IsEnded).Figures.End);

        listener = wire.Listen(Port + 2);
        (first, second) = (wire.Connect(Port + 2), wire.Keep(listener.Accept()));
        first.LingerState = new LingerOption(true, 0);
        first.Close();
        Assert.Equal(ConnectionEnd.ResetReceived, WatchedWire.Await(() => wire.ServerEnd(Port + 2), end => end.IsEnded).Figures.End);
        Assert.Equal(ConnectionEnd.ResetSent, WatchedWire.Await(() => wire.ClientEnd(Port + 2), end => end.IsEnded).Figures.End);

        Assert.Throws<SocketException>(() => wire.Connect(Port + 1));
        var refused = WatchedWire.Await(() => wire.ClientEnd(Port + 1), end => end.IsEnded);
        Assert.Equal((ConnectionEnd.Refused, BlameReason.Refused), (refused.Figures.End, refused.Verdict.Reason));
    }

    [RootFact(Kernel = "5.12")]
    public void ConnectionsOlderThanTheWatchingAreFound()
    {
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        {
            var listener = right.Run(() =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(WatchedWire.Right), Port));
                socket.Listen(4);
                return socket;
            });
            using var client = left.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            client.Connect(IPAddress.Parse(WatchedWire.Right), Port);
            using var server = listener.Accept();
            var table = new ConnectionTable(new ConnectionTableOptions());
            using var capture = Rheo.Capture.TcpCapture.Open(table);

            capture.Walk();

            var port = ((IPEndPoint)client.LocalEndPoint!).Port; // other namespaces have connections to the same server's port
            var all = table.Snapshot(capture.NowNs).Connections.Where(connection => connection.Figures.Local.Port == port || connection.Figures.Remote.Port == port);
            Assert.Equal([ConnectionRole.Client, ConnectionRole.Server], all.Select(connection => connection.Role).Order());
            listener.Dispose();
        }
    }

    [RootFact(Kernel = "5.12")]
    public void AListenersQueueIsShown()
    {
        using var wire = WatchedWire.Create();
        wire.Listen(Port, backlog: 4);
        wire.Connect(Port);
        wire.Connect(Port);

        var queue = WatchedWire.Await(() => wire.Queue(Port), queue => queue.Length == 2);

        Assert.Equal((4U, 0U, false), (queue.Limit, queue.Drops, queue.IsFull));
    }
}
