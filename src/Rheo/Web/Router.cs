using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>Takes a request to what it asks for; sets what every answer has in common.</summary>
internal sealed class Router(WebContent content, HostNames names)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>All paths that there are.</summary>
    public static IReadOnlySet<string> Paths { get; } = new HashSet<string>([.. Page.All.Keys, "/metrics", "/api/v1/flows", "/healthz", "/readyz"]);

    public Task Serve(HttpContext context)
    {
        Harden(context.Response.Headers);
        if (!names.Allow(context.Request.Host))
            return Misdirected.Write(context);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return RefuseMethod(context);
        return Route(context);
    }

    private Task Route(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (Page.All.TryGetValue(path, out var page))
            return page.Write(context);
        context.Response.Headers.CacheControl = "no-store";
        return path switch
        {
            "/metrics" => Metrics(context),
            "/api/v1/flows" => Flows(context),
            "/healthz" => State(context, content.Unhealthy()),
            "/readyz" => State(context, content.Unhealthy() ?? content.NotReady()),
            _ => new Problem(404, "Not found", "There are /, /metrics, /api/v1/flows, /healthz and /readyz.").Write(context),
        };
    }

    private static readonly Problem Misdirected = new(
        421, "Misdirected request", "Ask for localhost or the loopback address; other host names are refused.");

    private static readonly Problem Busy = new(
        503, "Not now", "The capture is starting, ending or asked too much at once; try again in a second.");

    private static Task RefuseMethod(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD";
        return new Problem(405, "Method not allowed", "Nothing here can be changed; use GET.").Write(context);
    }

    private async Task Metrics(HttpContext context)
    {
        var open = context.Request.Headers.Accept.ToString().Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = open
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
        await content.Metrics(context.Response.Body, open, context.RequestAborted);
    }

    private async Task Flows(HttpContext context)
    {
        if (!FlowQuery.TryRead(context.Request.Query, out var query, out var problem))
        {
            await problem.Write(context);
            return;
        }

        var answer = new ArrayBufferWriter<byte>(16384);
        if (!await Ask(query, answer, context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "1";
            await Busy.Write(context);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }

    private async Task<bool> Ask(FlowQuery query, ArrayBufferWriter<byte> answer, CancellationToken cancel)
    {
        try
        {
            return await content.Flows(query, answer, cancel);
        }
        catch (Exception late) when (late is TimeoutException || (late is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task State(HttpContext context, string? trouble)
    {
        context.Response.StatusCode = trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes((trouble ?? "ok") + "\n"), context.RequestAborted);
    }

    private static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
