using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Rheo.Packets;

/// <summary>What a server says to a hostile request, and whether that is as it should be.</summary>
/// <param name="Text">All that came, until the server closed.</param>
public sealed record HostileAnswer(string Text)
{
    // Answers of ours and of the server below us to what is no request. Nothing may be a failure (500) of either.
    private static readonly HashSet<int> s_proper = [200, 304, 400, 401, 403, 404, 405, 408, 411, 413, 414, 421, 431, 501, 503, 505];

    /// <summary>The status; 0: the server said nothing and closed.</summary>
    public int Status => Text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(Text.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;

    // To a whole request the answer comes at once; a server that waits for more of it would wait for seconds.
    private const int Patience = 100_000; // microseconds

    /// <summary>Sends the octets and reads until the server closes; one that waits for more of them is told that there are no more.</summary>
    public static HostileAnswer To(Socket server, byte[] request)
    {
        using var stream = new NetworkStream(server, ownsSocket: false) { ReadTimeout = 10_000 };
        using var answer = new MemoryStream();
        try
        {
            server.Send(request);
            if (!server.Poll(Patience, SelectMode.SelectRead))
                server.Shutdown(SocketShutdown.Send);
            stream.CopyTo(answer);
        }
        catch (Exception closed) when (closed is IOException { InnerException: SocketException { SocketErrorCode: not SocketError.TimedOut } } or SocketException)
        {
            // It closed while more was on its way; what it had said counts.
        }

        return new HostileAnswer(Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>What is wrong with the answer; null: nothing.</summary>
    public string? Fault()
    {
        if (Text.Length == 0)
            return null; // no request, no answer
        if (!s_proper.Contains(Status))
            return $"status {Status}";
        var body = Text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = Text[..body].Replace("\r\n", "\n", StringComparison.Ordinal);
        if (HostileText.FirstSteered(head) is { } line)
            return $"a header that steers: {line}";
        if (!head.Contains("json", StringComparison.Ordinal))
            return null;
        var content = head.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Joined(Text.AsSpan(body + 4)) : Text[(body + 4)..];
        return HostileText.FirstSteered(content) ?? FaultOfJson(content);
    }

    // Pieces, each after its length in hexadecimal digits. All of ours are ASCII, so that characters count as bytes.
    private static string Joined(ReadOnlySpan<char> chunks)
    {
        var whole = new StringBuilder();
        while (chunks.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var end && int.TryParse(chunks[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length))
        {
            chunks = chunks[(end + 2)..];
            whole.Append(chunks[..Math.Min(length, chunks.Length)]);
            chunks = chunks[Math.Min(length + 2, chunks.Length)..];
        }

        return whole.ToString();
    }

    private static string? FaultOfJson(string content)
    {
        try
        {
            JsonDocument.Parse(content).Dispose();
            return null;
        }
        catch (JsonException wrong)
        {
            return $"no JSON: {wrong.Message}: {content}";
        }
    }
}
