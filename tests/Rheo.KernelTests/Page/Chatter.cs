using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Page;

/// <summary>TCP conversations between two namespaces that go on, each at a rate of its own, until they are told to end.</summary>
internal sealed class Chatter : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly List<(Socket From, Socket To, int Bytes)> _pairs = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    public Chatter(TestNamespace from, TestNamespace to, string address, IEnumerable<(int Port, int Bytes)> talks)
    {
        foreach (var (port, bytes) in talks)
            _pairs.Add(Connect(from, to, new IPEndPoint(IPAddress.Parse(address), port), bytes));
        _thread = new Thread(Talk) { IsBackground = true, Name = "chatter" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        foreach (var socket in _sockets)
            socket.Dispose();
        _stop.Dispose();
    }

    private (Socket From, Socket To, int Bytes) Connect(TestNamespace from, TestNamespace to, IPEndPoint server, int bytes)
    {
        using var listener = to.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(server);
        listener.Listen();
        var client = from.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(server);
        var accepted = listener.Accept();
        _sockets.AddRange([client, accepted]);
        return (client, accepted, bytes);
    }

    private void Talk()
    {
        var buffer = new byte[65536];
        for (var round = 0; !_stop.IsCancellationRequested; round++)
        {
            foreach (var (from, to, bytes) in _pairs)
            {
                // A little up and down, so that there is something to see.
                from.Send(buffer.AsSpan(0, 1 + (int)(bytes * (1 + (0.5 * Math.Sin((round / 11.0) + bytes))))));
                for (var left = to.Available; left > 0; left = to.Available)
                    to.Receive(buffer);
                to.Send(buffer.AsSpan(0, 1 + (bytes / 20)));
                while (from.Available > 0)
                    from.Receive(buffer);
            }

            Thread.Sleep(100);
        }
    }
}
