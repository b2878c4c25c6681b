using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Rheo.Agent;

/// <summary>
/// Tells systemd how we are (sd_notify(3)): a datagram to the socket that $NOTIFY_SOCKET names. Without one, and when it does not listen,
/// nothing happens: nobody asked. Threads: one.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;
    private long _aliveAt;

    /// <param name="variable">The environment.</param>
    public ServiceManager(Func<string, string?> variable)
    {
        if (variable("NOTIFY_SOCKET") is not ['/' or '@', _, ..] path)
            return;
        _manager = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        if (long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && (variable("WATCHDOG_PID") is not { } process || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)))
            WatchdogInterval = TimeSpan.FromMicroseconds(microseconds / 2);
    }

    /// <summary>How often <see cref="Alive"/> is due: twice as often as systemd's patience lasts; null: never.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>The start is over, or a reload is.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>The configuration is being read again, or another version takes over; <see cref="Ready"/> ends it.</summary>
    public void Reloading(string status = "Reading the configuration") =>
        Send($"RELOADING=1\nMONOTONIC_USEC={(long)(Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency)}\nSTATUS={OneLine(status)}");

    /// <summary>The end has begun.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=Detaching");

    /// <summary>Says that all is well, when it is time to. Call often.</summary>
    public void Alive()
    {
        if (WatchdogInterval is not { } interval || (_aliveAt != 0 && Stopwatch.GetElapsedTime(_aliveAt) < interval))
            return;
        _aliveAt = Stopwatch.GetTimestamp();
        Send("WATCHDOG=1");
    }

    public void Dispose() => _socket?.Dispose();

    private static string OneLine(string text) => Text.Printable(text);

    private void Send(string state)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(state), _manager!);
        }
        catch (SocketException)
        {
            // It does not listen, or not now. It has its own patience, and we no other way to tell it.
        }
    }
}
