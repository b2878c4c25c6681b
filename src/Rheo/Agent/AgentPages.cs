using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rheo.Agent;

/// <summary>Asks a running agent for its pages, as any client would.</summary>
/// <param name="address">Where it is asked.</param>
/// <param name="scanInterval">How often it reads the kernel's tables.</param>
internal sealed class AgentPages(IPEndPoint address, TimeSpan scanInterval)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Where it is asked.</summary>
    public IPEndPoint Address => address;

    /// <summary>So long the next scan is waited for.</summary>
    public TimeSpan ScanPatience { get; } = scanInterval + Patience;

    /// <summary>The body of a page; null when nobody answers there.</summary>
    /// <exception cref="IOException">Somebody answers, but not with this page.</exception>
    public string? Get(string path)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            SendTimeout = (int)Patience.TotalMilliseconds, ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            socket.Connect(address);
        }
        catch (SocketException)
        {
            return null;
        }

        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n")));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = reader.ReadToEnd();
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (body < 0 || !answer.StartsWith("HTTP/1.", StringComparison.Ordinal) || answer.AsSpan(9, 3) is not "200")
            throw new IOException($"{address} answers {Text.Printable(answer.Split('\r')[0])} for {path}");
        return answer[(body + 4)..];
    }

    /// <summary>The metrics as of a scan that began after a moment; null when none comes.</summary>
    /// <param name="unixSeconds">The moment.</param>
    public MetricsText? MetricsAfter(double unixSeconds)
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); watch.Elapsed < ScanPatience; Thread.Sleep(50))
        {
            if (Get("/metrics") is { } text && new MetricsText(text) is var page && page.Sum("rheo_scan_timestamp_seconds") > unixSeconds)
                return page;
        }

        return null;
    }
}
