using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>Who made a browser send the request: our own page, the person at the browser, or a page of somebody else.</summary>
internal static class AskedBy
{
    /// <summary>Whether a page from elsewhere asks. Programs send neither of these headers and are never taken for one.</summary>
    public static bool AStrangersPage(HttpRequest request)
    {
        var headers = request.Headers;
        var origin = headers.Origin.ToString();
        if (origin.Length > 0 && !IsOurs(origin, request.Host))
            return true;
        var site = headers["Sec-Fetch-Site"].ToString();
        return site is not ("" or "same-origin" or "none") && !IsFollowedLink(headers);
    }

    // Another scheme on the same host is a proxy that ends TLS for us; another host or port is another page.
    private static bool IsOurs(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && string.Equals(from.IdnHost, host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? UsualPort(from)) == from.Port;

    // Browsers leave out a port that goes without saying. Where the Host header has none either, the scheme's own was asked.
    private static int UsualPort(Uri from) => from.IsDefaultPort ? from.Port : -1;

    // A link to us is harmless: what it opens replaces the other page, which can read nothing of it.
    private static bool IsFollowedLink(IHeaderDictionary headers) =>
        headers["Sec-Fetch-Mode"] == "navigate" && headers["Sec-Fetch-Dest"] == "document";
}
