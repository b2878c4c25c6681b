using System.Buffers;
using System.Text.Json;
using Rheo.Sinks;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class FlowSchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "flow.schema.json"))).RootElement;

    [Fact]
    public void EveryKindOfConversationFitsThePublishedSchema()
    {
        Assert.All(Samples.All, flow =>
        {
            Assert.Empty(new JsonSchema(Schema).Errors(Write(flow, withRate: false)));
            Assert.Empty(new JsonSchema(Schema).Errors(Write(flow, withRate: true)));
        });
    }

    [Fact]
    public void KeysComeInTheOrderOfTheSchema()
    {
        var order = Schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();

        Assert.All(Samples.All, flow =>
        {
            var places = Write(flow, withRate: true).EnumerateObject().Select(property => order.IndexOf(property.Name)).ToArray();
            Assert.Equal(places.Order(), places);
        });
    }

    [Fact]
    public void TheValidatorFindsWhatIsWrong()
    {
        var wrong = JsonDocument.Parse("""{"source":{"address":1,"port":70000},"stranger":true}""").RootElement;

        var errors = new JsonSchema(Schema).Errors(wrong).ToArray();

        Assert.Contains("$.source.address is not of type string", errors);
        Assert.Contains("$.source.port is above 65535", errors);
        Assert.Contains("$.stranger is not described", errors);
        Assert.Contains("$.destination is missing", errors);
    }

    private static JsonElement Write(in Rheo.Model.Conversation flow, bool withRate)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            new FlowJson(Samples.Interfaces).Write(json, flow, withRate);
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }
}
