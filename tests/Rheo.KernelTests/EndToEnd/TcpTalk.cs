using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>TCP connections between two namespaces, opened and closed as a test wants it.</summary>
internal sealed class TcpTalk : IDisposable
{
    internal const int ServerPort = 7007;

    private readonly TestNamespace _client;
    private readonly IPEndPoint _server;
    private readonly Socket _listener;

    internal TcpTalk(TestNamespace client, TestNamespace server, string address)
    {
        _client = client;
        _server = new IPEndPoint(IPAddress.Parse(address), ServerPort);
        _listener = server.Run(() =>
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(_server);
            listener.Listen();
            return listener;
        });
    }

    /// <summary>Opens a connection, from a port of one's choice.</summary>
    internal (Socket Client, Socket Server) Open(int clientPort = 0)
    {
        var client = _client.Run(() =>
        {
            using var pinned = PinnedThread.ToOneCpu(); // a thread does not inherit it
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, clientPort));
            socket.Connect(_server);
            return socket;
        });
        return (client, _listener.Accept());
    }

    /// <summary>Sends a byte each way, then closes in good order; the server first, so that the client's port is free at once.</summary>
    internal void Exchange(int clientPort = 0)
    {
        var (client, server) = Open(clientPort);
        using (client)
        {
            using (server)
                Say(client, server);
            client.Receive(new byte[1]); // the server's FIN
        }
    }

    /// <summary>Sends a byte each way.</summary>
    internal static void Say(Socket client, Socket server)
    {
        client.Send([1]);
        server.Receive(new byte[1]);
        server.Send([2]);
        client.Receive(new byte[1]);
    }

    /// <summary>Closes with RST.</summary>
    internal static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Dispose() => _listener.Dispose();
}
