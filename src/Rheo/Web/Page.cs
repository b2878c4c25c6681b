using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Rheo.Web;

/// <summary>One file of the page, embedded in the binary and held in memory.</summary>
internal sealed class Page
{
    private readonly byte[] _content;
    private readonly string _contentType;
    private readonly string _tag;

    private Page(byte[] content, string contentType)
    {
        _content = content;
        _contentType = contentType;
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"";
    }

    /// <summary>All files by the path under which they are served.</summary>
    public static IReadOnlyDictionary<string, Page> All { get; } = new Dictionary<string, Page>
    {
        ["/"] = Load("index.html", "text/html; charset=utf-8"),
        ["/app.js"] = Load("app.js", "text/javascript; charset=utf-8"),
        ["/units.js"] = Load("units.js", "text/javascript; charset=utf-8"),
        ["/style.css"] = Load("style.css", "text/css; charset=utf-8"),
    };

    /// <summary>Sends the file, or says that the browser's copy still stands.</summary>
    public async Task Write(HttpContext context)
    {
        context.Response.Headers.ETag = _tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch == new StringValues(_tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(_content, context.RequestAborted);
    }

    private static Page Load(string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("web/" + name)
            ?? throw new InvalidOperationException($"web/{name} is not embedded");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Page(content, contentType);
    }
}
