using System.Text;

namespace Rheo.Packets;

/// <summary>HTTP requests with hostile text in each of their places, as bytes for the wire: most are no good requests, and some are none at all.</summary>
public static class HostileRequests
{
    /// <summary>How many places there are.</summary>
    public const int Places = 18;

    private static readonly string[] s_headers = ["Accept", "Accept-Encoding", "If-None-Match", "Sec-Fetch-Site", "Range", "Connection", "Transfer-Encoding", "Content-Length", "Upgrade", "Cookie"];

    /// <summary>The request that has a text at a place, from 0 to <see cref="Places"/> - 1.</summary>
    public static byte[] At(int place, string text) => place switch
    {
        0 => Get("/api/v1/flows?filter=" + Escaped(text)),
        1 => Get("/api/v1/flows?" + Escaped(text) + "=" + Escaped(text)),
        2 => Get("/api/v1/flows?sort=" + Escaped(text)),
        3 => Get("/api/v1/drops?limit=" + Escaped(text)),
        4 => Get("/api/v1/drops?by=" + Escaped(text) + "&all=" + Escaped(text)),
        5 => Get("/api/v1/stream?interval_ms=" + Escaped("0" + text)),
        6 => Get("/" + Escaped(text)),
        7 => Get("/" + text),
        8 => Get("/api/v1/flows?filter=" + text),
        9 => Get("/api/v1/status", $"{s_headers[text.Length % s_headers.Length]}: {text}"),
        10 => Get("/api/v1/status", $"Origin: {text}"),
        11 => Get("/api/v1/status", $"Authorization: Bearer {text}"),
        12 => Bytes($"GET /api/v1/status HTTP/1.1\r\nHost: {text}\r\nConnection: close\r\n\r\n"),
        13 => Bytes($"{text} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        14 => Get("/api/v1/status", $"{text}: 1"),
        15 => Get("/api/v1/connections?filter=" + Escaped(text)),
        16 => Get("/api/v1/connections?state=" + Escaped(text) + "&slow=" + Escaped(text) + "&container=" + Escaped(text)),
        _ => Bytes(text + "\r\n\r\n"),
    };

    /// <summary>The same, one octet of it damaged, so that it is no UTF-8.</summary>
    public static byte[] Damaged(int place, string text, int seed)
    {
        var request = At(place, text);
        request[seed % request.Length] = (byte)(0x80 | seed);
        return request;
    }

    private static byte[] Get(string target, string? header = null) =>
        Bytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{(header is null ? "" : header + "\r\n")}\r\n");

    private static string Escaped(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static byte[] Bytes(string request) => Encoding.UTF8.GetBytes(request);
}
