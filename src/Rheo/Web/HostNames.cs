using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>
/// The names under which this server may be asked. A page of somebody else whose name was pointed at this machine
/// (DNS rebinding) sends its own name and is refused.
/// </summary>
/// <param name="more">Names beside this machine's loopback and the address that the client reached.</param>
internal sealed class HostNames(IReadOnlyList<string> more)
{
    /// <summary>
    /// Whether a Host header names the loopback, the address on which the connection arrived, or one of the names given.
    /// The port is free: it may have been forwarded.
    /// </summary>
    public bool Allow(HostString host, IPAddress? arrivedAt)
    {
        var name = host.Host;
        if (IsSame(name, "localhost") || more.Any(known => IsSame(name, known)))
            return true;
        return IPAddress.TryParse(name.Trim('[', ']'), out var address) && (IPAddress.IsLoopback(address) || IsSame(address, arrivedAt));
    }

    private static bool IsSame(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);

    // A socket that listens on :: says ::ffff:192.0.2.1 where the client said 192.0.2.1; and the zone of fe80::1%2, which clients leave out, is ours alone.
    private static bool IsSame(IPAddress asked, IPAddress? arrivedAt) =>
        arrivedAt is not null && asked.MapToIPv6().GetAddressBytes().AsSpan().SequenceEqual(arrivedAt.MapToIPv6().GetAddressBytes());
}
