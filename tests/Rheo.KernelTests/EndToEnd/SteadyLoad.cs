using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A thread that sends datagrams of ever new flows, some ten thousand a second, until it is disposed of.</summary>
internal sealed class SteadyLoad : IDisposable
{
    private const int PacketsOfAFlow = 10;
    private const int Discard = 9;

    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    internal SteadyLoad(TestNamespace from, string to)
    {
        _thread = new Thread(() => from.Run(() => Send(IPAddress.Parse(to)))) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends it, and waits until nothing is under way any more.</summary>
    public void Dispose()
    {
        if (_end.IsCancellationRequested)
            return;
        _end.Cancel();
        _thread.Join();
        Thread.Sleep(100);
    }

    private void Send(IPAddress to)
    {
        while (!_end.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            for (var packet = 0; packet < PacketsOfAFlow; packet++)
                socket.SendTo([1], new IPEndPoint(to, Discard)); // nobody answers: a refusal is told to connected sockets only
            Thread.Sleep(1);
        }
    }
}
