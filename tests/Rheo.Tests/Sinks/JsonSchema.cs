using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rheo.Tests.Sinks;

/// <summary>Validates against the part of JSON Schema 2020-12 that docs/flow.schema.json uses; other keywords are errors.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    /// <summary>What is wrong with the value; nothing when it is valid.</summary>
    public IEnumerable<string> Errors(JsonElement value) => Errors(root, value, "$");

    /// <summary>The same against a schema somewhere inside the root, as an OpenAPI document has them.</summary>
    public IEnumerable<string> ErrorsAt(JsonElement schema, JsonElement value) => Errors(schema, value, "$");

    private IEnumerable<string> Errors(JsonElement schema, JsonElement value, string at) =>
        schema.EnumerateObject().SelectMany(keyword => Check(schema, keyword.Name, keyword.Value, value, at));

    private IEnumerable<string> Check(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string at) => keyword switch
    {
        "$schema" or "title" or "description" or "$defs" => [],
        "$ref" => Errors(Resolve(rule.GetString()!), value, at),
        "type" => Fail(!IsOfType(rule.GetString()!, value), $"{at} is not of type {rule}"),
        "enum" => Fail(!rule.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)), $"{at} is {value}, not in {rule}"),
        "const" => Fail(!JsonElement.DeepEquals(rule, value), $"{at} is not {rule}"),
        "minimum" => Fail(value.GetDouble() < rule.GetDouble(), $"{at} is below {rule}"),
        "maximum" => Fail(value.GetDouble() > rule.GetDouble(), $"{at} is above {rule}"),
        "pattern" => Fail(!Regex.IsMatch(value.GetString()!, rule.GetString()!), $"{at} does not match {rule}"),
        "required" => rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _))
            .Select(name => $"{at}.{name} is missing"),
        "properties" => value.EnumerateObject().Where(property => rule.TryGetProperty(property.Name, out _))
            .SelectMany(property => Errors(rule.GetProperty(property.Name), property.Value, $"{at}.{property.Name}")),
        "additionalProperties" => value.EnumerateObject()
            .Where(property => !schema.GetProperty("properties").TryGetProperty(property.Name, out _))
            .Select(property => $"{at}.{property.Name} is not described"),
        "items" => value.EnumerateArray().SelectMany((item, index) => Errors(rule, item, $"{at}[{index}]")),
        "uniqueItems" => Fail(value.EnumerateArray().DistinctBy(item => item.ToString()).Count() < value.GetArrayLength(), $"{at} repeats"),
        _ => [$"keyword {keyword} is not known to this validator"],
    };

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (element, name) => element.GetProperty(name));

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetUInt64(out _) || value.TryGetInt64(out _)),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private static string[] Fail(bool wrong, string message) => wrong ? [message] : [];
}
