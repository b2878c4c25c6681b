using System.Diagnostics;
using System.Net.Sockets;

namespace Rheo.KernelTests.Connections;

/// <summary>Reads all that comes, and stops reading for a while when it is told to.</summary>
internal sealed class HaltingReader : IDisposable
{
    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _goesOn = new();
    private volatile int _haltMs;
    private double _haltedSeconds;

    internal HaltingReader(Socket socket)
    {
        _socket = socket;
        _thread = new Thread(Read) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Returns when it reads again: how many seconds it did not.</summary>
    internal double Halt(TimeSpan time)
    {
        _haltMs = (int)time.TotalMilliseconds;
        _goesOn.Wait();
        return _haltedSeconds;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
        _goesOn.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (_socket.Receive(buffer) > 0)
            {
                if (_haltMs > 0)
                    Pause();
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
        }
    }

    private void Pause()
    {
        var watch = Stopwatch.StartNew();
        Thread.Sleep(_haltMs);
        _haltMs = 0;
        _haltedSeconds = watch.Elapsed.TotalSeconds;
        _goesOn.Set();
    }
}
