using System.Text;
using System.Text.Json;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class ConfigRunTests
{
    private static readonly SettingValues Values = new SettingSources(
        [new SettingValue(AgentSettings.Exclude, ["veth*", "a\"b\e[31m"], new Origin(OriginKind.Flag, "--exclude"))],
        new Surroundings(new Dictionary<string, string> { ["RHEO_LISTEN"] = "[::1]:9500" }) { UsualFile = "/nowhere" }).Read(out _);

    [Fact]
    public void TheTableShowsEachSettingWithItsOrigin() => Golden.Check("config.txt", Print(ConfigFormat.Table));

    [Fact]
    public void TheYamlCouldBeUsedAsItIs()
    {
        var yaml = Print(ConfigFormat.Yaml);
        var problems = new List<string>();
        var values = ConfigFile.Parse("again.yaml", yaml, problems);

        Assert.Empty(problems);
        Assert.All(values, value => Assert.Equal(Values[value.Setting].Words, value.Words));
        Assert.Equal(AgentSettings.All.Count(setting => setting.IsList || Values[setting].Words.Count > 0), values.Count);
        Golden.Check("config.yaml", yaml);
    }

    [Theory]
    [InlineData("scan_interval", "500ms 0.5 1s 0.01h 100000us 1m")]
    [InlineData("sample_interval", "off 2 5000ms 2s 5m 24h 1d 3000000us")]
    public void TheSchemaTakesWhatTheProgramTakes(string name, string words)
    {
        var setting = AgentSettings.Find(name)!;

        Assert.All(words.Split(' '), word => Assert.Null(setting.Complaint([word])));
        Assert.All(words.Split(' '), word => Assert.Matches(setting.Shape.Pattern!, word));
    }

    [Fact]
    public void TheJsonIsJsonWithoutControlCharacters()
    {
        var json = Print(ConfigFormat.Json);

        Assert.DoesNotContain('\e', json);
        var listen = JsonDocument.Parse(json).RootElement.GetProperty("listen");
        Assert.Equal("[::1]:9500", listen.GetProperty("value").GetString());
        Assert.Equal("RHEO_LISTEN", listen.GetProperty("origin").GetString());
        Assert.Equal("environment", listen.GetProperty("from").GetString());
    }

    [Fact]
    public void TheSchemaNamesEverySettingAndRefusesOthers()
    {
        var schema = ConfigSchema.Write();
        var root = JsonDocument.Parse(schema).RootElement;

        Assert.Equal(AgentSettings.All.Select(setting => setting.Name), root.GetProperty("properties").EnumerateObject().Select(each => each.Name));
        Assert.False(root.GetProperty("additionalProperties").GetBoolean());
        Golden.Check("config.schema.json", schema + "\n");
    }

    private static string Print(ConfigFormat format)
    {
        using var output = new MemoryStream();
        ConfigRun.Run(new ConfigOptions(Values, format), output, Screen.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
