using Rheo.Cli.Settings;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Cli.Settings;

/// <summary>docs/configuration.md has the program's own table. RHEO_ACCEPT=1 writes it anew.</summary>
public sealed class DocumentTests
{
    private const string Heading = "|---|---|---|---|\n";

    [Fact]
    public void ThePageHasARowForEachSetting()
    {
        var path = Path.Combine(Repository.Root, "docs/configuration.md");
        var page = File.ReadAllText(path);
        var start = page.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
        var end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        var rows = string.Concat(AgentSettings.All.Select(Row));
        if (Environment.GetEnvironmentVariable("RHEO_ACCEPT") == "1")
            File.WriteAllText(path, page[..start] + rows + page[end..]);
        else
            Assert.Equal(rows, page[start..end]);
    }

    private static string Row(Setting setting)
    {
        var standard = setting.Default.Count == 0 ? "" : $"`{string.Join(',', setting.Default)}`";
        return $"| `{setting.Name}` | {standard} | {(setting.IsReloadable ? "yes" : "restart")} | {setting.Doc.Replace("|", "\\|", StringComparison.Ordinal)} |\n";
    }
}
