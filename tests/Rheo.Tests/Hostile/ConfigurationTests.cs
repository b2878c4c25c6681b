using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Rheo.Packets;
using Rheo.Tests.Agent;
using Xunit;

namespace Rheo.Tests.Hostile;

/// <summary>Whatever stands in the configuration file and in the variables: it is taken, or refused with exit code 2, its place and its reason.</summary>
[SupportedOSPlatform("linux")]
public sealed class ConfigurationTests : IDisposable
{
    private static readonly string[] Formats = ["table", "yaml", "json"];

    private readonly RecordedCommands _commands = new();
    private readonly ScratchFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "rheo.yaml");

    [Fact]
    public void NoFileEndsInAnythingButSettingsOrComplaints()
    {
        for (var at = 0; at < HostileText.All.Count; at++)
            Read(Shape(HostileText.All[at], at), Formats[at % Formats.Length], isChecked: at % 4 == 0);
    }

    [Fact]
    public void NoFileMakesAReloadPrintAnythingRaw()
    {
        File.WriteAllText(Path, "interface: lo\n");
        Assert.Equal(ExitCode.Success, _commands.Run("agent", "--config", Path));
        var options = _commands.Started!;
        for (var at = 0; at < HostileText.All.Count; at++)
        {
            File.WriteAllBytes(Path, Shape(HostileText.All[at], at));
            using var messages = new StringWriter();
            options = options.Reread(WardenRun.Voice(messages));

            var said = messages.ToString();
            Assert.Contains("reloaded: ", said, StringComparison.Ordinal);
            Assert.Null(HostileText.FirstSteered(said));
        }
    }

    [Fact]
    public void EachSettingSeesManyAttacksAndEachAttackManySettings()
    {
        var turn = 0;
        foreach (var setting in AgentSettings.All)
        {
            for (var at = turn++ % 4; at < HostileText.Attacks.Count; at += 4)
                Read(Encoding.UTF8.GetBytes($"{setting.Name}: {Quoted(HostileText.Attacks[at])}"), Formats[at % Formats.Length]);
        }
    }

    [Fact]
    public void BytesThatAreNoTextAreToldByTheirPlace()
    {
        byte[][] damaged = [[0xff], [0xc3, 0x28], [.. "listen: "u8, 0xed, 0xa0, 0x80], [.. "listen: a"u8, 0xf8, 0x88], [0xfe, 0xff, 0, 0x61], [.. "a: "u8, 0xc0, 0xaf]];
        foreach (var bytes in damaged)
        {
            Read(bytes, "table");
            Assert.Contains("is not UTF-8", _commands.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AFileThatWouldGrowWithoutEndIsReadInNoTime()
    {
        // The classic: nine lists of nine references each, a billion words when written out.
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 9).Select(n =>
            $"a{n}: &a{n} [{string.Join(',', Enumerable.Repeat($"*a{n - 1}", 9))}]\n")) + "interface: *a9\n";
        string[] texts =
        [
            bomb, string.Concat(Enumerable.Repeat("{a: ", 50_000)), string.Concat(Enumerable.Range(0, 20_000).Select(n => $"k{n}: 1\n")),
            new string('k', 200_000) + ": 1", "interface: [" + string.Concat(Enumerable.Repeat("lo,", 60_000)) + "]", .. HostileText.Long,
        ];
        foreach (var text in texts)
        {
            var watch = Stopwatch.StartNew();
            Read(Encoding.UTF8.GetBytes(text), "json");
            TestContext.Current.SendDiagnosticMessage($"{watch.Elapsed.TotalSeconds:0.00} s for {text[..20]}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed.TotalSeconds:0.0} s for {text[..20]}");
            Assert.InRange(_commands.Error.Length, 0, 100_000);
        }
    }

    [Fact]
    public void NoVariableEndsInAnythingButSettingsOrComplaints()
    {
        string[] names = [Surroundings.FileVariable, .. AgentSettings.All.Select(setting => setting.Variable)];
        for (var at = 0; at < HostileText.All.Count; at++)
        {
            // As the system hands them over: whole UTF-8, no NUL.
            var text = Whole(HostileText.All[at]).Replace("\0", "", StringComparison.Ordinal);
            Check(_commands.Run(["config", "-o", Formats[at % Formats.Length]], new Dictionary<string, string> { [names[at % names.Length]] = text }), Formats[at % Formats.Length]);
            if (at % 4 == 0)
                Check(_commands.Run(["config"], new Dictionary<string, string> { ["RHEO_" + text] = "1", ["RHEO_LISTEN" + text] = "1" }), "table");
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Read(byte[] content, string format, bool isChecked = true)
    {
        File.WriteAllBytes(Path, content);
        var code = _commands.Run("config", "--config", Path, "-o", format);
        Check(code, format);
        if (code == ExitCode.Usage)
            Assert.StartsWith($"rheo config: {Path}:", _commands.Error, StringComparison.Ordinal);
        if (!isChecked)
            return;
        // The whole of the settings may be wrong where the file is not: an address off the loopback without a certificate.
        var alone = _commands.Run("config", "check", Path);
        Assert.True(alone == ExitCode.Success || alone == code, $"exit code {alone} of check, {code} of config: {_commands.Error}");
        Assert.Null(HostileText.FirstSteered(_commands.Error));
    }

    private void Check(int code, string format)
    {
        Assert.True(code is ExitCode.Success or ExitCode.Usage, $"exit code {code}");
        Assert.Null(HostileText.FirstSteered(_commands.Error));
        Assert.Null(HostileText.FirstSteered(_commands.Output));
        Assert.Equal(code == ExitCode.Usage, _commands.Output.Length == 0);
        if (code == ExitCode.Success && format == "json")
            JsonDocument.Parse(_commands.Output).Dispose();
        if (code == ExitCode.Success && format == "yaml")
            AssertReadAgain(_commands.Output);
    }

    // What is printed as a file is a good file, whatever went in.
    private static void AssertReadAgain(string yaml)
    {
        var problems = new List<string>();
        ConfigFile.Parse("again.yaml", yaml, problems);
        Assert.Empty(problems);
    }

    private static byte[] Shape(string text, int at) => Encoding.UTF8.GetBytes((at % 8) switch
    {
        0 => text,
        1 => $"{AgentSettings.All[at / 8 % AgentSettings.All.Count].Name}: {text}",
        2 => $"{text}: 1",
        3 => $"interface: [{text}, lo]",
        4 => $"{AgentSettings.All[at / 8 % AgentSettings.All.Count].Name}: {Quoted(text)}",
        5 => $"{Quoted(text)}: 1",
        6 => $"# {text}\nexclude:\n  - {text}\n",
        _ => $"listen: 127.0.0.1:1\n{text}\nuser: nobody",
    });

    private static string Quoted(string text) => JsonSerializer.Serialize(Whole(text));

    // A half of a character becomes a question mark in a lozenge, as it does on its way into a file.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
