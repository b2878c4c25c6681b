using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Rheo.Web;

/// <summary>The paths that only the Unix socket has; all others are those of the HTTP API.</summary>
internal sealed class SocketRouter(SocketContent content, RequestDelegate others)
{
    /// <summary>The journal, from now on.</summary>
    public const string StreamPath = "/api/v1/stream";

    /// <summary>Connections that open and end, from now on.</summary>
    public const string ConnectionsPath = "/api/v1/connections/stream";

    /// <summary>A scan now.</summary>
    public const string ScanPath = "/api/v1/scan";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(10);

    private static readonly Problem Full = new(
        503, "Not now", "The agent is starting or ending, or as many commands watch through it as can; end one of them.");

    public Task Serve(HttpContext context) => context.Request.Path.Value switch
    {
        StreamPath => Stream(context),
        ConnectionsPath => Connections(context),
        ScanPath => Scan(context),
        _ => others(context),
    };

    private async Task Stream(HttpContext context)
    {
        if (!TryInterval(context.Request.Query["interval_ms"].ToString(), out var interval))
        {
            await new Problem(400, "Bad query", "'interval_ms' is not a whole number from 1 to 60000.", "interval_ms").Write(context);
            return;
        }

        await Stream(context, content.Stream(interval, context.RequestAborted), "application/octet-stream");
    }

    private async Task Connections(HttpContext context)
    {
        var query = IRowQuery<ConnectionQuery>.Read(context.Request.Query, out var problem);
        await (problem?.Write(context) ?? Stream(context, content.Follow(query, context.RequestAborted), "application/jsonl"));
    }

    private static async Task Stream(HttpContext context, Task<SocketStream?> asked, string type)
    {
        if (await Try(asked) is not { } stream)
        {
            await Full.Write(context);
            return;
        }

        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        // The stream has bounds of its own; the server's would take a quiet night for a slow client.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted); // the head: who follows may hear nothing for long
        await Send(context, stream);
    }

    private static async Task Send(HttpContext context, SocketStream stream)
    {
        try
        {
            while (await stream.Next(context.RequestAborted) is { } piece)
                await context.Response.BodyWriter.WriteAsync(piece, context.RequestAborted).AsTask().WaitAsync(LongestStall);
        }
        catch (TimeoutException)
        {
            stream.Stalled();
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private async Task Scan(HttpContext context)
    {
        var number = await Try(content.Scan(context.RequestAborted));
        if (number == 0)
        {
            await Full.Write(context);
            return;
        }

        var text = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }

    // A capture that has not begun, or does not move, answers nothing.
    private static async Task<T?> Try<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            return default;
        }
    }

    private static bool TryInterval(string text, out TimeSpan interval)
    {
        interval = TimeSpan.FromSeconds(1);
        if (text.Length == 0)
            return true;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        interval = TimeSpan.FromMilliseconds(milliseconds);
        return isNumber && milliseconds > 0 && interval <= Longest;
    }
}
