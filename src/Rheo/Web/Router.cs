using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>Takes a request to what it asks for; refuses who may not ask; sets what every answer has in common.</summary>
internal sealed class Router
{
    /// <summary>24,000: some 12 MB, a hundred pages of 200 at once; the greatest question, and something beside it.</summary>
    private const int MostRows = 24_000;

    // Trusted types: the browser itself refuses to make markup of a text, but for the templates that the page was built from.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

    private readonly Dictionary<string, Route> _routes;
    private readonly WebContent _content;
    private readonly WebAccess _access;
    private readonly HostNames _names;
    private readonly RowBudget _rows = new(MostRows);
    private readonly SharedText _classicMetrics;
    private readonly SharedText _openMetrics;

    public Router(WebContent content, WebAccess access)
    {
        _content = content;
        _access = access;
        _names = new HostNames(access.Hosts);
        _classicMetrics = new SharedText((output, cancel) => content.Metrics(output, false, cancel));
        _openMetrics = new SharedText((output, cancel) => content.Metrics(output, true, cancel));
        _routes = Routes().ToDictionary(route => route.Path);
    }

    /// <summary>All paths that there are.</summary>
    public static IReadOnlySet<string> Paths { get; } = new HashSet<string>(
        [.. Page.All.Keys, "/metrics", "/api/v1/flows", "/api/v1/connections", "/api/v1/drops", "/api/v1/status", "/healthz", "/readyz"]);

    public Task Serve(HttpContext context)
    {
        Harden(context);
        if (!_names.Allow(context.Request.Host, context.Connection.LocalIpAddress))
            return Misdirected.Write(context);
        if (AskedBy.AStrangersPage(context.Request))
            return Strange.Write(context);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return RefuseMethod(context);
        if (!_routes.TryGetValue(context.Request.Path.Value ?? "", out var route))
            return Unknown.Write(context);
        if (!route.IsOpen && _access.Token is { } token && !token.IsShownBy(context.Request))
            return RefuseStranger(context);
        return route.Serve(context);
    }

    // The page itself says nothing about this machine: it can be loaded by who has no token yet, and asks for it.
    private IEnumerable<Route> Routes() =>
    [
        .. Page.All.Select(page => new Route(page.Key, IsOpen: true, page.Value.Write)),
        new("/healthz", IsOpen: true, context => State(context, _content.Unhealthy())),
        new("/readyz", IsOpen: true, context => State(context, _content.Unhealthy() ?? _content.NotReady())),
        new("/metrics", IsOpen: false, Metrics),
        new("/api/v1/flows", IsOpen: false, context => Rows(context, _content.Flows)),
        new("/api/v1/connections", IsOpen: false, context => Rows(context, _content.Connections)),
        new("/api/v1/drops", IsOpen: false, context => Rows(context, _content.Drops)),
        new("/api/v1/status", IsOpen: false, Status),
    ];

    private static readonly Problem Misdirected = new(
        421, "Misdirected request", "Ask for localhost or the loopback address; other host names are refused unless --host gives them.");

    private static readonly Problem Strange = new(
        403, "Forbidden", "A page of another origin asks; only the page that is served here may.");

    private static readonly Problem Unknown = new(
        404, "Not found", "There are " + string.Join(", ", Paths.Where(path => path != "/favicon.svg").Order(StringComparer.Ordinal)) + ".");

    private static readonly Problem Busy = new(
        503, "Not now", "The capture is starting, ending or asked too much at once; try again in a second.");

    private static Task RefuseMethod(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD";
        return new Problem(405, "Method not allowed", "Nothing here can be changed; use GET.").Write(context);
    }

    private static Task RefuseStranger(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"rheo\"";
        return new Problem(401, "Unauthorized", "Show the agent's token: Authorization: Bearer TOKEN.").Write(context);
    }

    private async Task Metrics(HttpContext context)
    {
        var open = context.Request.Headers.Accept.ToString().Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
        var text = await (open ? _openMetrics : _classicMetrics).Read(context.RequestAborted);
        context.Response.ContentType = open
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }

    private Task Status(HttpContext context) => Send(context, _content.Status());

    private async Task Rows<T>(HttpContext context, Func<T, CancellationToken, Task<Answer?>> content)
        where T : IRowQuery<T>
    {
        var query = IRowQuery<T>.Read(context.Request.Query, out var problem);
        if (problem is not null)
            await problem.Write(context);
        else if (!_rows.TryTake(query.Limit))
            await Send(context, null);
        else
            await Rows(context, query, content);
    }

    private async Task Rows<T>(HttpContext context, T query, Func<T, CancellationToken, Task<Answer?>> content)
        where T : IRowQuery<T>
    {
        try
        {
            await Send(context, await InTime(content(query, context.RequestAborted), context.RequestAborted));
        }
        finally
        {
            _rows.Return(query.Limit);
        }
    }

    private static async Task<Answer?> InTime(Task<Answer?> answer, CancellationToken cancel)
    {
        try
        {
            return await answer;
        }
        catch (Exception late) when (late is TimeoutException || (late is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Task Send(HttpContext context, Answer? answer)
    {
        if (answer is null)
        {
            context.Response.Headers.RetryAfter = "1";
            return Busy.Write(context);
        }

        context.Response.ContentType = "application/json";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : answer(context.Response.BodyWriter, context.RequestAborted);
    }

    private static async Task State(HttpContext context, string? trouble)
    {
        context.Response.StatusCode = trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes((trouble ?? "ok") + "\n"), context.RequestAborted);
    }

    private static void Harden(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        // No Strict-Transport-Security, of whatever age: it would hold, or be taken back, for every port of this host (RFC 6797, section 8.3).
    }

    /// <summary>One path.</summary>
    /// <param name="Path">The path.</param>
    /// <param name="IsOpen">No token is asked for.</param>
    /// <param name="Serve">Answers.</param>
    private sealed record Route(string Path, bool IsOpen, Func<HttpContext, Task> Serve);
}
