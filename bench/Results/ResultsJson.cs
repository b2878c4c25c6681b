using System.Text.Json.Serialization;
using Rheo.Bench.Measure;

namespace Rheo.Bench.Results;

/// <summary>How results are written as JSON; made at build time, since the native part has no reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResultSet))]
[JsonSerializable(typeof(List<Figure>))]
internal sealed partial class ResultsJson : JsonSerializerContext;
