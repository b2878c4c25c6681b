using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>An error as RFC 9457 describes it: <c>application/problem+json</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind of the error, the same each time.</param>
/// <param name="Detail">This occurrence, with the way out.</param>
/// <param name="Parameter">The query parameter at fault, where there is one.</param>
/// <param name="Column">Where in the parameter, counted from 1; 0 where unknown.</param>
internal sealed record Problem(int Status, string Title, string Detail, string? Parameter = null, int Column = 0)
{
    /// <summary>What would fit at the column; null where unknown.</summary>
    public string? Expected { get; init; }

    /// <summary>What may have been meant; null where nothing is like it.</summary>
    public string? Suggestion { get; init; }

    public async Task Write(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/problem+json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
            WriteTo(json);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", Title);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        if (Parameter is not null)
            json.WriteString("parameter", Parameter);
        if (Column > 0)
            json.WriteNumber("column", Column);
        if (Expected is not null)
            json.WriteString("expected", Expected);
        if (Suggestion is not null)
            json.WriteString("suggestion", Suggestion);
        json.WriteEndObject();
    }
}
