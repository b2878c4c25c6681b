using System.Net;
using System.Net.Sockets;

namespace Rheo.Bench.Traffic;

/// <summary>A server that closes each connection as soon as it has it.</summary>
internal sealed class HastyServer : IDisposable
{
    public const int Port = 8080;

    private readonly Socket _listener;
    private readonly Thread _thread;

    public HastyServer(NetworkNamespace home)
    {
        _listener = home.Run(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            socket.Listen(128);
            return socket;
        });
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            while (true)
                _listener.Accept().Dispose();
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
        }
    }
}
