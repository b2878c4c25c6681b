using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Rheo.Tests.Ground;

/// <summary>The alert rules and the dashboard ask for what there is.</summary>
public sealed partial class DeployTests
{
    private const string Rules = "deploy/prometheus/rheo.rules.yml";
    private const string Dashboard = "deploy/grafana/rheo.json";

    [Theory]
    [InlineData("check", Rules)]
    [InlineData("test", "deploy/prometheus/rheo.rules.test.yml")]
    public void PromtoolIsContentWithTheRules(string what, string file)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool (Debian's prometheus) is not installed");

        var (code, output) = Repository.Run("/usr/bin/promtool", what, "rules", Path.Combine(Repository.Root, file));

        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData(Rules)]
    [InlineData(Dashboard)]
    public void EveryMetricThatIsAskedForIsDocumented(string file)
    {
        var page = Read("docs/metrics.md");
        var names = Metric().Matches(Read(file)).Select(match => match.Groups["name"].Value).Distinct().ToArray();

        Assert.InRange(names.Length, 10, 100);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryMetricThatTheProgramSpeaksOfIsDocumented()
    {
        var page = Read("docs/metrics.md");
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Rheo"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));
        var names = sources.SelectMany(path => Spoken().Matches(File.ReadAllText(path))).Select(match => match.Value).Distinct().ToArray();

        Assert.InRange(names.Length, 50, 200);
        Assert.All(names, name => Assert.Contains($"`{name}", page, StringComparison.Ordinal));
    }

    // Whatever else fails may go well the next time: a port that is in use, memory that is not there.
    [Fact]
    public void AnAgentIsStartedAgainForAsLongAsThatMayHelp()
    {
        var lines = Read("deploy/systemd/rheo.service").Split('\n');

        Assert.Contains("StartLimitIntervalSec=0", lines[..Array.IndexOf(lines, "[Service]")]);
        Assert.Contains("Restart=on-failure", lines);
        Assert.Equal([$"RestartPreventExitStatus={ExitCode.Usage}"], lines.Where(line => line.StartsWith("RestartPrevent", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryAlertIsTestedAndDocumented()
    {
        var alerts = Alert().Matches(Read(Rules)).Select(match => match.Groups["name"].Value).ToArray();

        Assert.InRange(alerts.Length, 10, 100);
        Assert.All(alerts, name => Assert.Contains($"alertname=\"{name}\"", Read("deploy/prometheus/rheo.rules.test.yml"), StringComparison.Ordinal));
        Assert.All(alerts, name => Assert.Contains($"`{name}`", Read("docs/metrics.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void TheDashboardHasAFixedUidAndTakesItsDataSourceFromAVariable()
    {
        using var dashboard = JsonDocument.Parse(Read(Dashboard));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").ToArray();

        Assert.Equal("rheo-agent", dashboard.RootElement.GetProperty("uid").GetString());
        Assert.All(panels, panel => Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    // Prometheus reaches much that is none of ours, and up{job=~".*"} is all of it.
    [Fact]
    public void TheDashboardAsksForNothingOfOthers()
    {
        var asked = Selected().Matches(Read(Dashboard)).Select(match => match.Groups["name"].Value).Distinct().ToArray();

        Assert.InRange(asked.Length, 10, 100);
        Assert.All(asked, name => Assert.True(name.StartsWith("rheo_", StringComparison.Ordinal) || name.StartsWith("network_flow_", StringComparison.Ordinal), name));
    }

    // Suffixes of a histogram belong to its family.
    [GeneratedRegex(@"\b(?<name>(rheo|network)_[a-z_]*?[a-z])(_bucket)?(?=[\s{\[)]|\\?"")")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<name>\w+)\{job=~")]
    private static partial Regex Selected();

    [GeneratedRegex(@"\brheo_[a-z_]+_(total|seconds|bytes)\b")]
    private static partial Regex Spoken();

    [GeneratedRegex(@"alert: (?<name>\w+)")]
    private static partial Regex Alert();

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));
}
