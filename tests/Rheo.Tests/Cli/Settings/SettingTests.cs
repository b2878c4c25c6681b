using System.Runtime.Versioning;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Xunit;

namespace Rheo.Tests.Cli.Settings;

[SupportedOSPlatform("linux")]
public sealed class SettingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-settings-").FullName;

    [Fact]
    public void AFlagOutweighsAVariableAndAVariableTheFile()
    {
        var file = Write("listen: 127.0.0.1:1\nmax_conversations: 2\ninterface: [eth*, lo]\n");
        var values = Read(file, new() { ["RHEO_LISTEN"] = "127.0.0.1:3", ["RHEO_MAX_CONVERSATIONS"] = "4" }, Flag(AgentSettings.Listen, "127.0.0.1:5"));

        Assert.Equal("127.0.0.1:5", values.Get(AgentSettings.Listen).ToString());
        Assert.Equal(new Origin(OriginKind.Flag, "--listen"), values[AgentSettings.Listen].Origin);
        Assert.Equal(4, values.Get(AgentSettings.MaxConversations));
        Assert.Equal(new Origin(OriginKind.Environment, "RHEO_MAX_CONVERSATIONS"), values[AgentSettings.MaxConversations].Origin);
        Assert.Equal(["eth*", "lo"], values.Get(AgentSettings.Interface));
        Assert.Equal(Origin.File(file, 3, 12), values[AgentSettings.Interface].Origin);
        Assert.Equal(Origin.Default, values[AgentSettings.ScanInterval].Origin);
    }

    [Fact]
    public void TheDefaultsOfTheTableAreThoseOfTheAgent()
    {
        var values = Read(null, []);
        var options = AgentOptions.From(values) with { TableEntries = 0, Values = null };

        Assert.Equal(new AgentOptions { Interfaces = options.Interfaces, Hosts = options.Hosts, Exclude = options.Exclude }, options);
        Assert.Empty(options.Interfaces.Concat(options.Exclude));
        Assert.All(AgentSettings.All, setting => Assert.True(setting.Default.Count == 0 || setting.Complaint(setting.Default) is null, setting.Name));
    }

    [Theory]
    [InlineData("lisen: 127.0.0.1:1", ":1:1: unknown setting 'lisen'; did you mean 'listen'?")]
    [InlineData("interfaces: [lo]", ":1:1: unknown setting 'interfaces'; did you mean 'interface'?")]
    [InlineData("colour: red", ":1:1: unknown setting 'colour'; 'rheo config' lists them all")]
    [InlineData("# first\nmax_conversations:  0", ":2:21: max_conversations: '0' is not a whole number from 1 to 16777216")]
    [InlineData("listen:", ":1:8: a plain value is expected here")]
    [InlineData("listen: {host: a}", ":1:9: a plain value is expected here")]
    [InlineData("listen: [127.0.0.1:1, 127.0.0.1:2]", ":1:9: listen: takes one value")]
    [InlineData("interface: [[lo]]", ":1:13: a plain value is expected here")]
    [InlineData("interface: &a lo", ":1:12: a plain value is expected here")]
    [InlineData("scan_interval: 1ms", ":1:16: scan_interval: '1ms' is not between 50ms and 60s")]
    [InlineData("listen: 127.0.0.1:1\nlisten: 127.0.0.1:2", ":2:1: 'listen' is set twice, first at ")]
    [InlineData("---\nlisten: 127.0.0.1:1\n---\n{}", ":3:1: a second document begins here")]
    [InlineData("just words", ":1:1: a setting is expected here")]
    [InlineData("listen: 'open", "this is not YAML: ")]
    [InlineData("? [a]\n: b\nlisten: 127.0.0.1:1", ":1:3: a setting's name is expected here")]
    [InlineData("listen: !!int 5", ":1:9: a plain value is expected here")]
    public void EveryMistakeInTheFileIsToldWithItsPlace(string text, string expected)
    {
        var problems = new List<string>();
        ConfigFile.Parse("f.yaml", text, problems);

        Assert.StartsWith("f.yaml:", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Contains(expected, problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("interface: []\n")]
    [InlineData("listen: \"[::1]:9460\" # quoted\ninterface: lo\n")]
    public void WhatIsGoodIsTaken(string text)
    {
        var problems = new List<string>();
        ConfigFile.Parse("f.yaml", text, problems);

        Assert.Empty(problems);
    }

    [Fact]
    public void AllMistakesAreToldAtOnce()
    {
        var file = Write("lisen: x\nmax_conversations: no\n");
        var wrong = Assert.Throws<SettingsException>(() => Read(file, new() { ["RHEO_LISTEN"] = "nowhere" }));

        Assert.Equal(3, wrong.Problems.Count);
        Assert.Contains(wrong.Problems, problem => problem.StartsWith("RHEO_LISTEN: 'nowhere' has no port", StringComparison.Ordinal));
    }

    [Fact]
    public void AVariableWithASlipIsToldAndForeignOnesAreLetBe()
    {
        var sources = new SettingSources([], Around(null, new() { ["RHEO_LISTN"] = "x", ["RHEO_SERVICE_HOST"] = "10.0.0.1", ["RHEO_PORT_80_TCP"] = "tcp" }));
        sources.Read(out var warnings);

        Assert.Equal(["the variable RHEO_LISTN is not known; did you mean RHEO_LISTEN?"], warnings);
    }

    [Fact]
    public void AVariableCanHoldAList() =>
        Assert.Equal(["eth*", "lo"], Read(null, new() { ["RHEO_INTERFACE"] = "eth*, lo" }).Get(AgentSettings.Interface));

    [Fact]
    public void AFileThatSomebodyNamedMustBeThere()
    {
        var missing = Path.Combine(_folder, "missing.yaml");
        var wrong = Assert.Throws<SettingsException>(() => new SettingSources([], Around(null, [])) { File = missing }.Read(out _));

        Assert.Equal($"{missing}: No such file or directory", Assert.Single(wrong.Problems));
        Assert.NotNull(new SettingSources([], Around(missing, [])).Read(out _));
    }

    [Fact]
    public void AFileThatOthersMayWriteToIsRefusedWithTheReason()
    {
        var file = Write("listen: 127.0.0.1:1\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        Assert.Contains("others than its owner may write to it (mode 0620); chmod go-w", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void ASymbolicLinkIsRefusedWithTheReason()
    {
        var link = Path.Combine(_folder, "link.yaml");
        File.CreateSymbolicLink(link, Write("listen: 127.0.0.1:1\n"));

        Assert.Contains("symbolic link", Refusal(link), StringComparison.Ordinal);
    }

    [Fact]
    public void ADeviceAFolderAndAHugeFileAreRefused()
    {
        Assert.Contains("not a regular file", Refusal("/dev/zero"), StringComparison.Ordinal);
        Assert.Contains("not a regular file", Refusal(_folder), StringComparison.Ordinal);
        Assert.Contains("longer than", Refusal(Write(new string('#', (1 << 20) + 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void AForeignOwnerIsRefusedAndRootIsTrusted()
    {
        var file = new Rheo.Interop.FileStatus(Owner: 1000, Mode: 0x81a4);

        Assert.Contains("belongs to user 1000", Assert.Throws<IOException>(() => TrustedFile.Check(file, user: 0)).Message, StringComparison.Ordinal);
        TrustedFile.Check(file, user: 1000);
        TrustedFile.Check(file with { Owner = 0 }, user: 1000);
    }

    [Fact]
    public void BytesThatAreNoTextAreRefused()
    {
        var file = Path.Combine(_folder, "bytes.yaml");
        File.WriteAllBytes(file, [(byte)'a', 0xff]);

        Assert.Contains("byte at 1 is not UTF-8", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void AReloadTakesWhatItCanAndNamesWhatNeedsARestart()
    {
        var running = Read(Write("listen: 127.0.0.1:1\ninterface: lo\n"), []);
        var file = Write("listen: 127.0.0.1:2\ninterface: [eth*, lo]\nmax_conversations: 131072\n");
        var changes = SettingChanges.Between(running, Read(file, []));

        Assert.Equal(["listen needs a restart; it stays 127.0.0.1:1", $"interface is now eth*,lo ({file}:2:12)"], changes.Lines);
        Assert.Equal("127.0.0.1:1", changes.Values.Get(AgentSettings.Listen).ToString());
        Assert.Equal(["eth*", "lo"], changes.Values.Get(AgentSettings.Interface));
        Assert.Equal(["nothing has changed"], SettingChanges.Between(changes.Values, changes.Values).Lines);
    }

    [Fact]
    public void AReloadThatGoesWrongChangesNothing()
    {
        var file = Write("interface: lo\n");
        var sources = new SettingSources([], Around(file, []));
        var running = AgentOptions.From(sources.Read(out _)) with { Sources = sources };
        File.WriteAllText(file, "interfac: eth0\n");
        var said = new List<string>();

        Assert.Same(running, running.Reread(said.Add));
        Assert.Equal([$"not reloaded: {file}:1:1: unknown setting 'interfac'; did you mean 'interface'?"], said);
        File.WriteAllText(file, "interface: eth0\n");
        Assert.Equal(["eth0"], running.Reread(said.Add).Interfaces);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Refusal(string file) => Assert.Single(Assert.Throws<SettingsException>(() => Read(file, [])).Problems);

    private static SettingValues Read(string? file, Dictionary<string, string> variables, params SettingValue[] flags) =>
        new SettingSources(flags, Around(file, variables)).Read(out _);

    private static Surroundings Around(string? file, Dictionary<string, string> variables) => new(variables) { UsualFile = file ?? "/nowhere" };

    private static SettingValue Flag(Setting setting, string word) => new(setting, [word], new Origin(OriginKind.Flag, setting.Flag));

    private string Write(string text)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        return file;
    }
}
