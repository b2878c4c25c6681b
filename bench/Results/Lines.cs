using System.Text.Json;
using Rheo.Bench.Measure;

namespace Rheo.Bench.Results;

/// <summary>Figures on their way from the native part to the program that called it.</summary>
internal static class Lines
{
    public static string Write(IReadOnlyList<Figure> figures) => JsonSerializer.Serialize([.. figures], ResultsJson.Default.ListFigure);

    public static IReadOnlyList<Figure> Read(string text) =>
        JsonSerializer.Deserialize(text, ResultsJson.Default.ListFigure) ?? throw new BenchException("the native part printed no figures");
}
