using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>
/// The names under which this server may be asked. A page of somebody else whose name was pointed at 127.0.0.1
/// (DNS rebinding) sends its own name and is refused.
/// </summary>
internal sealed class HostNames(IPAddress listen)
{
    /// <summary>Whether a Host header names this machine's loopback. The port is free: it may have been forwarded.</summary>
    public bool Allow(HostString host)
    {
        var name = host.Host;
        if (string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        return IPAddress.TryParse(name.Trim('[', ']'), out var address) && (IPAddress.IsLoopback(address) || address.Equals(listen));
    }
}
