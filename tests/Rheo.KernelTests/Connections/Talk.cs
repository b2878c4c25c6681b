using System.Net.Sockets;

namespace Rheo.KernelTests.Connections;

/// <summary>What processes at the two ends do.</summary>
internal static class Talk
{
    /// <summary>Questions and answers of a few bytes, so long; the server thinks before each answer.</summary>
    internal static void AskAndAnswer(Socket client, Socket server, TimeSpan duration, TimeSpan thinking)
    {
        using var answering = InBackground(() => Answer(server, thinking));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var buffer = new byte[64];
        while (watch.Elapsed < duration)
        {
            client.Send("question"u8);
            client.Receive(buffer);
        }

        client.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Reads all there is, as fast as it comes, until the end.</summary>
    internal static void ReadAll(Socket socket)
    {
        var buffer = new byte[256 * 1024];
        while (socket.Receive(buffer) > 0)
        {
        }
    }

    /// <summary>Sends as fast as it goes, until the time is over.</summary>
    internal static void Stream(Socket socket, TimeSpan duration, int size = 16 * 1024)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var buffer = new byte[size];
        while (watch.Elapsed < duration)
            socket.Send(buffer);
    }

    /// <summary>Runs on a thread of its own; waited for when disposed of.</summary>
    internal static IDisposable InBackground(Action action) => new Background(action);

    private static void Answer(Socket server, TimeSpan thinking)
    {
        var buffer = new byte[64];
        while (server.Receive(buffer) > 0)
        {
            Thread.Sleep(thinking);
            server.Send("answer"u8);
        }
    }

    private sealed class Background : IDisposable
    {
        private readonly Thread _thread;

        internal Background(Action action)
        {
            _thread = new Thread(() => Quietly(action)) { IsBackground = true };
            _thread.Start();
        }

        public void Dispose() => _thread.Join();

        private static void Quietly(Action action)
        {
            try
            {
                action();
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
