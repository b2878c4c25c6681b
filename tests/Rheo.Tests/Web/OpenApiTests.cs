using System.Net;
using System.Text.Json;
using Rheo.Model;
using Rheo.Tests.Agent;
using Rheo.Tests.Ground;
using Rheo.Tests.Sinks;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Web;

/// <summary>The served description says what the server does, no more and no less.</summary>
public sealed class OpenApiTests : IDisposable
{
    private readonly RunningAgent _agent = new((source, round) =>
    {
        source.Talk((ushort)(1000 + (round % 20)), 3, TcpFlags.Syn);
        source.Ledger = new() { Losses = [new StageLoss("flow_ring", 1, 2, 3)] };
    });

    public void Dispose() => _agent.Dispose();

    [Fact]
    public async Task EveryPathThatIsServedIsDescribedAndTheOtherWayRound()
    {
        var described = (await Description()).GetProperty("paths").EnumerateObject().Select(path => path.Name);

        // The page's own files are no interface.
        string[] page = ["/", "/app.css", "/app.js", "/favicon.svg"];
        Assert.Equal(Router.Paths.Except(page).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/v1/flows")]
    [InlineData("/api/v1/flows?limit=3&sort=bytes&filter=tcp")]
    [InlineData("/api/v1/status")]
    [InlineData("/api/v1/connections")]
    [InlineData("/api/v1/connections?listening=true&state=established")]
    [InlineData("/api/v1/connections?state=open")]
    [InlineData("/api/v1/drops")]
    [InlineData("/api/v1/drops?by=process&all=true&limit=3&filter=tcp")]
    [InlineData("/api/v1/drops?by=colour")]
    [InlineData("/api/v1/drops?limit=0")]
    [InlineData("/api/v1/flows?filter=tcp+and+prt")]
    [InlineData("/api/v1/flows?limit=0")]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task AnswersAreAsDescribed(string query)
    {
        var description = await Description();
        var answer = await _agent.Client.GetAsync(query);

        var responses = description.GetProperty("paths").GetProperty(query.Split('?')[0]).GetProperty("get").GetProperty("responses");
        var content = Resolve(description, responses.GetProperty(((int)answer.StatusCode).ToString(null, null))).GetProperty("content");
        var form = content.GetProperty(answer.Content.Headers.ContentType!.MediaType!);
        if (answer.Content.Headers.ContentType.MediaType!.EndsWith("json", StringComparison.Ordinal))
            Assert.Empty(new JsonSchema(description).ErrorsAt(form.GetProperty("schema"), await Body(answer)));
    }

    [Theory]
    [InlineData("/api/v1/flows")]
    [InlineData("/api/v1/connections")]
    [InlineData("/api/v1/drops")]
    public async Task EveryParameterIsTakenAsDescribed(string path)
    {
        var description = await Description();
        var parameters = Parameters(description, path).ToArray();

        Assert.Equal(Known(path).Order(StringComparer.Ordinal), parameters.Select(Name).Order(StringComparer.Ordinal));
        foreach (var parameter in parameters)
        {
            foreach (var good in Words(description, parameter))
                Assert.Equal((parameter, good, HttpStatusCode.OK), (parameter, good, await Ask(path, Name(parameter), good)));
            foreach (var bad in Refused(parameter))
                Assert.Equal((parameter, bad, HttpStatusCode.BadRequest), (parameter, bad, await Ask(path, Name(parameter), bad)));
        }
    }

    [Fact]
    public async Task AConnectionIsWrittenAsDescribed()
    {
        var schema = new JsonSchema(await Description());
        var connections = (await Description()).GetProperty("components").GetProperty("schemas");

        Assert.All(SomeConnections.All, connection => Assert.Empty(schema.ErrorsAt(connections.GetProperty("Connection"), SomeConnections.Json(connection))));
        Assert.Empty(schema.ErrorsAt(connections.GetProperty("Listener"), SomeConnections.Json(SomeConnections.Listener)));
    }

    [Fact]
    public async Task AConversationIsTheSameHereAndInThePublishedSchema()
    {
        var published = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/flow.schema.json"))).RootElement;
        var described = (await Description()).GetProperty("components").GetProperty("schemas").GetProperty("Flow");

        Assert.Equal(
            published.GetProperty("properties").GetRawText().Replace("#/$defs/", "", StringComparison.Ordinal).ToLowerInvariant().Where(IsInk),
            described.GetProperty("properties").GetRawText().Replace("#/components/schemas/", "", StringComparison.Ordinal).ToLowerInvariant().Where(IsInk));
    }

    private static bool IsInk(char letter) => !char.IsWhiteSpace(letter);

    private static string Name(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    private static IReadOnlyList<string> Known(string path) => path switch
    {
        "/api/v1/flows" => FlowQuery.Parameters,
        "/api/v1/connections" => ConnectionQuery.Parameters,
        _ => DropQuery.Parameters,
    };

    private static IEnumerable<JsonElement> Parameters(JsonElement description, string path) =>
        description.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray();

    private static IEnumerable<string> Words(JsonElement description, JsonElement parameter)
    {
        var schema = Resolve(description, parameter.GetProperty("schema"));
        if (schema.TryGetProperty("enum", out var words))
            return words.EnumerateArray().Select(word => word.GetString()!);
        if (schema.GetProperty("type").GetString() == "boolean")
            return ["true", "false"];
        if (schema.TryGetProperty("minimum", out var least))
            return [least.ToString(), schema.GetProperty("maximum").ToString()];
        return [parameter.TryGetProperty("example", out var example) ? example.GetString()! : new string('a', schema.GetProperty("maxLength").GetInt32())];
    }

    private static IEnumerable<string> Refused(JsonElement parameter)
    {
        var schema = parameter.GetProperty("schema");
        if (schema.TryGetProperty("minimum", out var least))
            return [(least.GetInt32() - 1).ToString(null, null), (schema.GetProperty("maximum").GetInt64() + 1).ToString(null, null)];
        return parameter.TryGetProperty("example", out _) || !schema.TryGetProperty("maxLength", out var most)
            ? ["no such word"]
            : [new string('a', most.GetInt32() + 1)];
    }

    private async Task<HttpStatusCode> Ask(string path, string name, string value) =>
        (await _agent.Client.GetAsync($"{path}?{name}={Uri.EscapeDataString(value)}")).StatusCode;

    private Task<JsonElement> Description() => _agent.Json("api/v1/openapi.json");

    private static async Task<JsonElement> Body(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static JsonElement Resolve(JsonElement root, JsonElement element) => element.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, name) => at.GetProperty(name))
        : element;
}
