using System.Globalization;
using System.Net;

namespace Rheo.Cli;

/// <summary>The address that HTTP is served on: <c>127.0.0.1:9460</c>, <c>[::1]:9460</c>, <c>localhost:9460</c>.</summary>
public static class ListenAddress
{
    private const string Shape = "write ADDRESS:PORT, as 127.0.0.1:9460 or [::1]:9460";

    /// <summary>Reads an address. Null when it is good, else what is wrong with it.</summary>
    public static string? TryParse(string text, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !TryPort(text[(colon + 1)..], out var port))
            return $"'{text}' has no port from 0 to 65535; {Shape}";
        if (!TryHost(text[..colon], out var address))
            return $"'{text}' is not an address; {Shape}";
        endpoint = new IPEndPoint(address, port);
        return null;
    }

    private static bool TryPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    private static bool TryHost(string text, out IPAddress address)
    {
        if (text == "localhost")
        {
            address = IPAddress.Loopback;
            return true;
        }

        // An IPv6 address needs its brackets: without them its last group would pass for a port.
        var bracketed = text.StartsWith('[') && text.EndsWith(']');
        return IPAddress.TryParse(bracketed ? text[1..^1] : text, out address!) && text.Contains(':') == bracketed;
    }
}
