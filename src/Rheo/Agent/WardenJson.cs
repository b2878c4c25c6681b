using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rheo.Agent;

/// <summary>How <see cref="WardenNews"/> crosses from process to process: both are of the same build.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(EndPointConverter)])]
[JsonSerializable(typeof(WardenNews))]
[JsonSerializable(typeof(Succession))]
internal sealed partial class WardenJson : JsonSerializerContext
{
    internal static byte[] Write(WardenNews news) => JsonSerializer.SerializeToUtf8Bytes(news, Default.WardenNews);

    internal static byte[] Write(Succession succession) => JsonSerializer.SerializeToUtf8Bytes(succession, Default.Succession);

    internal static Succession ReadSuccession(ReadOnlySpan<byte> message) =>
        JsonSerializer.Deserialize(message, Default.Succession) ?? throw new JsonException("an empty message");

    internal static WardenNews Read(ReadOnlySpan<byte> message) =>
        JsonSerializer.Deserialize(message, Default.WardenNews) ?? throw new JsonException("an empty message");

    private sealed class EndPointConverter : JsonConverter<IPEndPoint>
    {
        public override IPEndPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.Net.IPEndPoint.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, IPEndPoint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
