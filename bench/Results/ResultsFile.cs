using System.Text.Json;
using System.Text;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Measured;

namespace Rheo.Bench.Results;

/// <summary>bench/results.json, and bench/RESULTS.md which is made from it.</summary>
internal static class ResultsFile
{
    private static readonly string Folder = Path.Combine(Repository.Root, "bench");
    private static readonly string JsonPath = Path.Combine(Folder, "results.json");

    /// <summary>Puts the figures of one scenario in the place of those that it had.</summary>
    public static void Replace(string scenario, IReadOnlyList<Figure> figures)
    {
        var set = Load();
        set.Runs[scenario] = MachineFacts.Read();
        var at = set.Figures.FindIndex(figure => figure.Scenario == scenario);
        set.Figures.RemoveAll(figure => figure.Scenario == scenario);
        set.Figures.InsertRange(at < 0 ? set.Figures.Count : at, figures);
        File.WriteAllText(JsonPath, JsonSerializer.Serialize(set, ResultsJson.Default.ResultSet) + "\n");
        File.WriteAllText(Path.Combine(Folder, "RESULTS.md"), Page(set));
    }

    private static ResultSet Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(JsonPath), ResultsJson.Default.ResultSet)!;
        }
        catch (Exception failure) when (failure is FileNotFoundException or JsonException)
        {
            return new ResultSet([], []);
        }
    }

    private static string Page(ResultSet set)
    {
        var page = new StringBuilder("# Results\n\nMade by `sudo ./dev bench`; how, stands in `README.md`. Median [least – most] over the rounds.\n");
        foreach (var group in set.Figures.GroupBy(figure => figure.Scenario))
        {
            var facts = set.Runs[group.Key];
            page.Append($"\n## {group.Key}\n\nLinux {facts.Kernel}, {facts.Cpu}, {facts.Cpus} CPUs, load {facts.Load}, {facts.Date}\n\n");
            page.Append(Table.Write(group));
        }

        return page.ToString();
    }
}
