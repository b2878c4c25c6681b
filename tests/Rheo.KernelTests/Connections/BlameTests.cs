using System.Net;
using System.Net.Sockets;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.KernelTests.Connections;

/// <summary>Four ways to make a connection slow, and who is blamed for it.</summary>
public sealed class BlameTests
{
    private const int Port = 8080;

    [RootFact(Kernel = "5.12")]
    public void AServerThatThinksIsBlamed()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        using var talk = Talk.InBackground(() => Talk.AskAndAnswer(client, server, TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100)));
        Thread.Sleep(1800);

        AssertBlamed(wire, BlameParty.Server, BlameReason.SlowAnswer);
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReaderThatStopsIsBlamed(bool isServer)
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        using var talk = Talk.InBackground(() => Talk.Stream(isServer ? client : server, TimeSpan.FromSeconds(2)));
        Thread.Sleep(1500);

        AssertBlamed(wire, isServer ? BlameParty.Server : BlameParty.Client, BlameReason.WindowClosed);
        client.Close();
        server.Close();
    }

    [RootFact(Kernel = "5.12")]
    public void ANetworkThatLosesIsBlamed()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        wire.Lose(5);
        using var reading = Talk.InBackground(() => Talk.ReadAll(server));
        using var talk = Talk.InBackground(() => Talk.Stream(client, TimeSpan.FromSeconds(2)));
        Thread.Sleep(1800);

        AssertBlamed(wire, BlameParty.Network, BlameReason.Loss);
        client.Close();
    }

    [RootFact(Kernel = "5.12")]
    public void AFullBacklogIsBlamed()
    {
        using var wire = WatchedWire.Create();
        wire.Listen(Port, backlog: 1);
        wire.Connect(Port);
        wire.Connect(Port);
        wire.Keep(wire.Client.Run(Begin));
        Thread.Sleep(2500);

        var shutOut = WatchedWire.Await(() => wire.Snapshot().Connections.FirstOrDefault(IsShutOut), _ => true).Verdict;
        Assert.Equal((BlameParty.ServerQueue, BlameReason.QueueFull), (shutOut.Party, shutOut.Reason));
        Assert.Equal(BlameParty.ServerQueue, wire.ServerEnd(Port)!.Verdict.Party);
        Assert.True(wire.Queue(Port)!.IsFull);
        Assert.True(wire.Queue(Port)!.Drops > 0);
    }

    private static bool IsShutOut(Connection connection) =>
        connection.Figures.State == ConnectionState.SynSent && connection.Figures.Remote is { Port: Port } remote && remote.Address.ToString() == WatchedWire.Right;

    // In the client's namespace, and not waited for: the queue lets nobody in.
    private static Socket Begin()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Parse(WatchedWire.Right), Port));
        }
        catch (SocketException begun) when (begun.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
        }

        return socket;
    }

    private static void AssertBlamed(WatchedWire wire, BlameParty party, BlameReason reason)
    {
        var near = WatchedWire.Await(() => wire.ClientEnd(Port), _ => true).Verdict;
        Assert.Equal((party, reason), (near.Party, near.Reason));
    }
}
