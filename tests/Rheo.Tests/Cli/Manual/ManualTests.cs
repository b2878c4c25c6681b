using Rheo.Cli;
using Rheo.Cli.Manual;
using Rheo.Cli.Settings;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Cli.Manual;

public sealed class ManualTests : IDisposable
{
    private static readonly System.CommandLine.RootCommand Root =
        CommandLine.Build(new CommandLineTests(), new Surroundings(new Dictionary<string, string>()) { UsualFile = "/nowhere" });

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-man-").FullName;

    [Fact]
    public void EveryCommandHasAPageWithItsFlagsAndExamples()
    {
        var pages = new ManualPages(Root).All().ToDictionary(page => page.Name, page => page.Text);

        Assert.Contains("rheo.1", pages.Keys);
        foreach (var command in Root.Subcommands)
        {
            var page = pages[$"rheo-{command.Name}.1"];
            Assert.All(command.Options, option => Assert.Contains(Roff.Bold(option.Name), page, StringComparison.Ordinal));
            Assert.True(page.Split(".EX\n").Length > 3, command.Name);
            Assert.Contains(".SH EXIT STATUS\n0 ", page, StringComparison.Ordinal);
        }

        Assert.All(AgentSettings.All, setting => Assert.Contains(Roff.Bold(setting.Name), pages["rheo.yaml.5"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mandoc", "-T lint -W warning")]
    [InlineData("man", "--warnings -E UTF-8 -Tutf8 -Z -l")]
    public void ThePagesAreGoodRoff(string program, string options)
    {
        foreach (var (name, text) in new ManualPages(Root).All())
        {
            var file = Path.Combine(_folder, name);
            File.WriteAllText(file, text);
            var (_, said) = Repository.Run("sh", "-c", $"command -v {program} >/dev/null || {{ echo missing; exit; }}; {program} {options} {file} 2>&1 >/dev/null; {program} {options} {file} | grep -a 'WARNING\\|ERROR'");
            Assert.SkipWhen(said.Trim() == "missing", $"needs {program}");
            Assert.Empty(said);
        }
    }

    [Fact]
    public void TextIsNeverTakenForAMacro() => Assert.Equal("\\&.so \\e(aq \\-\\-x \\(aq", Roff.Escape(".so \\(aq --x '"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
