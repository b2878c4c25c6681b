using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rheo.Cli.Settings;

/// <summary>The JSON schema of the configuration file, made from the table of settings.</summary>
public static class ConfigSchema
{
    /// <summary>The schema, indented; the same each time.</summary>
    public static string Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Configuration of rheo agent");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            foreach (var setting in AgentSettings.All)
                Write(json, setting);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Setting setting)
    {
        json.WriteStartObject(setting.Name);
        json.WriteString("description", setting.Doc);
        if (setting.IsList)
            WriteList(json, setting.Shape);
        else
            WriteShape(json, setting.Shape);
        WriteDefault(json, setting);
        json.WriteEndObject();
    }

    // One word may stand without a list.
    private static void WriteList(Utf8JsonWriter json, SettingShape shape)
    {
        json.WriteStartArray("oneOf");
        json.WriteStartObject();
        WriteShape(json, shape);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        WriteShape(json, shape);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, SettingShape shape)
    {
        json.WriteString("type", shape.Type);
        if (shape.Minimum is { } minimum)
            json.WriteNumber("minimum", minimum);
        if (shape.Maximum is { } maximum)
            json.WriteNumber("maximum", maximum);
        if (shape.Pattern is { } pattern)
            json.WriteString("pattern", pattern);
        if (shape.Words.Count == 0)
            return;
        json.WriteStartArray("enum");
        foreach (var word in shape.Words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static void WriteDefault(Utf8JsonWriter json, Setting setting)
    {
        if (setting.Default.Count == 0)
            return;
        json.WritePropertyName("default");
        if (setting.Shape.Type == "string")
            json.WriteStringValue(setting.Default[0]);
        else
            json.WriteRawValue(setting.Default[0]);
    }
}
