using System.Net;
using System.Net.Sockets;
using Rheo.Model.Connections;

namespace Rheo.KernelTests.Connections;

/// <summary>Four ways to make a connection slow, each played once on a wire of its own, with the verdict at the client's end.</summary>
internal static class SlowScenes
{
    internal const int Port = 8080;

    internal static Verdict ServerThinks(WatchedWire wire)
    {
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        using var talk = Talk.InBackground(() => Talk.AskAndAnswer(client, server, TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100)));
        Thread.Sleep(1800);
        return AtClient(wire);
    }

    internal static Verdict ReaderStops(WatchedWire wire, bool isServer)
    {
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        using var talk = Talk.InBackground(() => Talk.Stream(isServer ? client : server, TimeSpan.FromSeconds(2)));
        Thread.Sleep(1500);
        var verdict = AtClient(wire);
        client.Close();
        server.Close();
        return verdict;
    }

    internal static Verdict NetworkLoses(WatchedWire wire)
    {
        var listener = wire.Listen(Port);
        var client = wire.Connect(Port);
        var server = wire.Keep(listener.Accept());
        wire.Lose(5);
        using var reading = Talk.InBackground(() => Talk.ReadAll(server));
        using var talk = Talk.InBackground(() => Talk.Stream(client, TimeSpan.FromSeconds(2)));
        Thread.Sleep(1800);
        var verdict = AtClient(wire);
        // What is still to be sent would take minutes at this loss: it is thrown away, and that is told for certain.
        wire.LoseNoMore();
        client.LingerState = new LingerOption(true, 0);
        client.Close();
        return verdict;
    }

    internal static Verdict BacklogIsFull(WatchedWire wire)
    {
        wire.Listen(Port, backlog: 1);
        wire.Connect(Port);
        wire.Connect(Port);
        wire.Keep(wire.Client.Run(Begin));
        Thread.Sleep(2500);
        return WatchedWire.Await(() => wire.Snapshot().Connections.FirstOrDefault(connection => wire.IsClients(connection) && IsShutOut(connection)), _ => true).Verdict;
    }

    private static Verdict AtClient(WatchedWire wire) => WatchedWire.Await(() => wire.ClientEnd(Port), _ => true).Verdict;

    private static bool IsShutOut(Connection connection) =>
        connection.Figures is { State: ConnectionState.SynSent, Remote.Port: Port };

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
}
