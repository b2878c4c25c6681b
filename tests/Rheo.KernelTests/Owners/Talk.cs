using System.Net;
using System.Net.Sockets;

namespace Rheo.KernelTests.Owners;

/// <summary>A connection, both ends of it in this process.</summary>
internal sealed class Talk : IDisposable
{
    private readonly Socket _listener;

    private Talk(Socket listener, Socket client, Socket server) => (_listener, Client, Server) = (listener, client, server);

    internal Socket Client { get; }

    internal Socket Server { get; }

    internal IPEndPoint ClientEnd => (IPEndPoint)Client.LocalEndPoint!;

    internal IPEndPoint ServerEnd => (IPEndPoint)Client.RemoteEndPoint!;

    internal static Socket Listen(IPEndPoint at)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(at);
        listener.Listen(128);
        return listener;
    }

    internal static Talk Over(IPEndPoint at)
    {
        var listener = Listen(at);
        var client = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return new Talk(listener, client, listener.Accept());
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _listener.Dispose();
    }
}
