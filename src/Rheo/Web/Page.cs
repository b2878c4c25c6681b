using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>One file of the page or of the API's description, embedded in the binary in its compressed forms.</summary>
internal sealed class Page
{
    private readonly string _name;
    private readonly string _contentType;
    private readonly string _tag;

    private Page(string name, string contentType)
    {
        _name = name;
        _contentType = contentType;
        using var content = Open(".gz");
        _tag = Tag(content);
    }

    /// <summary>All files by the path under which they are served.</summary>
    public static IReadOnlyDictionary<string, Page> All { get; } = new Dictionary<string, Page>
    {
        ["/"] = new("index.html", "text/html; charset=utf-8"),
        ["/app.js"] = new("app.js", "text/javascript; charset=utf-8"),
        ["/app.css"] = new("app.css", "text/css; charset=utf-8"),
        ["/favicon.svg"] = new("favicon.svg", "image/svg+xml"),
        ["/api/v1/openapi.json"] = new("openapi.json", "application/json"),
    };

    /// <summary>Sends the file in the form that the client takes, or says that the browser's copy still stands.</summary>
    public async Task Write(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ETag = _tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (IsKnown(context.Request.Headers.IfNoneMatch.ToString()))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = _contentType;
        await using var content = Choose(context.Request.Headers.AcceptEncoding.ToString(), response);
        if (!HttpMethods.IsHead(context.Request.Method))
            await content.CopyToAsync(response.Body, context.RequestAborted);
    }

    // Weak: the compressed forms of a file have one tag (RFC 9110, 8.8.1), and a proxy may have made it so anyway.
    private bool IsKnown(string tags) =>
        tags == "*" || tags.Split(',').Any(tag => tag.Trim() is var known && (known == _tag || "W/" + known == _tag));

    private Stream Choose(string accepted, HttpResponse response)
    {
        if (Takes(accepted, "br"))
            return Compressed(response, "br", ".br");
        if (Takes(accepted, "gzip"))
            return Compressed(response, "gzip", ".gz");
        return new GZipStream(Open(".gz"), CompressionMode.Decompress);
    }

    private Stream Compressed(HttpResponse response, string encoding, string suffix)
    {
        var content = Open(suffix);
        response.Headers.ContentEncoding = encoding;
        response.ContentLength = content.Length;
        return content;
    }

    private static bool Takes(string accepted, string encoding) =>
        accepted.Split(',').Any(word => word.Trim().Split(';') is var parts && parts[0] == encoding && !parts.Skip(1).Any(IsNever));

    private static bool IsNever(string parameter) => parameter.Trim().Replace(".0", "", StringComparison.Ordinal).TrimEnd('0') == "q=";

    // FNV-1a. It tells versions of the page apart and protects nothing; a digest would load a whole cryptographic library.
    private static string Tag(Stream content)
    {
        var hash = 0xcbf2_9ce4_8422_2325;
        for (var value = content.ReadByte(); value >= 0; value = content.ReadByte())
            hash = (hash ^ (byte)value) * 0x100_0000_01b3;
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{hash:x16}\"");
    }

    // Straight from the binary's own pages: nothing is copied to the heap.
    private Stream Open(string suffix) => Assembly.GetExecutingAssembly().GetManifestResourceStream("web/" + _name + suffix)
        ?? throw new InvalidOperationException($"web/{_name}{suffix} is not embedded");
}
