using System.Net;
using System.Text.Json;
using Rheo.Tests.Sinks;
using Xunit;

namespace Rheo.KernelTests.Page;

/// <summary>What a real agent answers, of real traffic and real drops, is what it describes itself: field by field.</summary>
public sealed class AnswerTests(PageFixture page) : IClassFixture<PageFixture>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [RootTheory]
    [InlineData("flows?limit=10000", "flows")]
    [InlineData("connections?all=true&limit=10000", "connections")]
    [InlineData("connections?listening=true", "listeners")]
    [InlineData("drops?all=true&by=place", "drops")]
    [InlineData("drops?all=true&by=reason", "drops")]
    [InlineData("drops?all=true&by=flow&limit=1000", "drops")]
    [InlineData("drops?all=true&by=process", "drops")]
    [InlineData("drops?filter=udp+port+9995&by=flow", "drops")]
    [InlineData("status", "interfaces")]
    public void AnswersOfARealAgentAreAsDescribed(string query, string rows)
    {
        using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9995));
        page.Browser.Open(PageFixture.Address);
        var answer = default(JsonElement);
        Assert.True(SpinWait.SpinUntil(() => (answer = Json(query)).TryGetProperty(rows, out var some) && some.GetArrayLength() > 0, s_patience), answer.ToString());

        var description = Json("openapi.json");
        var schema = description.GetProperty("paths").GetProperty("/api/v1/" + query.Split('?')[0])
            .GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Empty(new JsonSchema(description).ErrorsAt(schema, answer));
    }

    private JsonElement Json(string query) =>
        JsonDocument.Parse(page.Browser.Evaluate($"fetch('/api/v1/{query}').then((answer) => answer.text())").GetValue<string>()).RootElement;
}
