using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Page;

/// <summary>Datagrams to a port where nobody listens, ten a second, until they are told to end: the kernel drops each.</summary>
internal sealed class Unheard : IDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    public Unheard(TestNamespace from, IPEndPoint nobody)
    {
        _socket = from.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _thread = new Thread(() => Talk(nobody)) { IsBackground = true, Name = "unheard" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _socket.Dispose();
        _stop.Dispose();
    }

    // Not connected: what comes back of ICMP is nobody's error.
    private void Talk(IPEndPoint nobody)
    {
        while (!_stop.Token.WaitHandle.WaitOne(100))
            _socket.SendTo("unheard"u8, nobody);
    }
}
