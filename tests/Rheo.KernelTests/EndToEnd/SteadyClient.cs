using System.Net;
using System.Net.Sockets;
using System.Text;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A thread that asks a server whether it is alive, a new connection each time, some hundred times a second, until it is disposed of.</summary>
internal sealed class SteadyClient : IDisposable
{
    private static readonly byte[] s_question = Encoding.ASCII.GetBytes("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n");

    private readonly CancellationTokenSource _end = new();
    private readonly EndPoint _server;
    private readonly Thread _thread;

    internal SteadyClient(TestNamespace space, EndPoint server)
    {
        _server = server;
        _thread = new Thread(() => space.Run(Ask)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Connections that were refused.</summary>
    internal int Refused { get; private set; }

    /// <summary>Questions that got an answer.</summary>
    internal int Answered { get; private set; }

    /// <summary>Questions that got none, though somebody had taken the connection.</summary>
    internal int Unanswered { get; private set; }

    /// <summary>The longest time that an answer took.</summary>
    internal TimeSpan Longest { get; private set; }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
    }

    private void Ask()
    {
        while (!_end.IsCancellationRequested)
        {
            Once();
            Thread.Sleep(10);
        }
    }

    private void Once()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        try
        {
            socket.Connect(_server);
        }
        catch (SocketException)
        {
            Refused++;
            return;
        }

        if (IsAnswered(socket))
            Answered++;
        else
            Unanswered++;
        Longest = watch.Elapsed > Longest ? watch.Elapsed : Longest;
    }

    private static bool IsAnswered(Socket socket)
    {
        try
        {
            socket.Send(s_question);
            return socket.Receive(new byte[4096]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
