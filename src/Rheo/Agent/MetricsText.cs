using System.Globalization;

namespace Rheo.Agent;

/// <summary>A page of metrics, read back.</summary>
internal sealed class MetricsText(string text)
{
    private readonly string[] _lines = text.Split('\n');

    /// <summary>The sum of a family's series that have all these labels; 0 when there is none.</summary>
    /// <param name="family">Its name.</param>
    /// <param name="labels">As they stand on the page: <c>stage="flow_ring"</c>.</param>
    public double Sum(string family, params string[] labels) =>
        Series(family).Where(line => labels.All(label => line.Contains(label, StringComparison.Ordinal))).Sum(Value);

    /// <summary>Whether there is any series of a family.</summary>
    public bool Has(string family) => Series(family).Any();

    /// <summary>All values of one label in a family.</summary>
    public IEnumerable<string> Values(string family, string label) => Series(family)
        .Select(line => line.Split(label + "=\"", 2))
        .Where(parts => parts.Length == 2)
        .Select(parts => parts[1][..parts[1].IndexOf('"', StringComparison.Ordinal)])
        .Distinct();

    private IEnumerable<string> Series(string family) => _lines.Where(line =>
        line.StartsWith(family, StringComparison.Ordinal) && line.Length > family.Length && line[family.Length] is '{' or ' ' && line[0] != '#');

    private static double Value(string line) => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
}
