using System.Diagnostics;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Cli.Completion;

/// <summary>The real shells, each at a terminal of its own; what they completed is told by what they then ran.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("rheo-shell-").FullName;

    [Fact]
    public void BashCompletes() => Expect(
        "bash --norc --noprofile -i", "source <(rheo completion bash)", "rheo comp\tba\t> out", "bash");

    [Fact]
    public void BashCompletesAFlagsValueAfterAnEqualsSign() => Expect(
        "bash --norc --noprofile -i", "source <(rheo completion bash)", "rheo config --output=ya\t> out", null);

    [Fact]
    public void ZshCompletes() => Expect(
        "zsh -f -i", "autoload -Uz compinit; compinit -u -D; source <(rheo completion zsh)", "rheo comp\tzs\t> out", "zsh");

    [Fact]
    public void ZshCompletesAFlagsValueAfterAnEqualsSign() => Expect(
        "zsh -f -i", "autoload -Uz compinit; compinit -u -D; source <(rheo completion zsh)", "rheo config --output=ya\t> out", null);

    [Theory]
    [InlineData("rheo comp", "completion")]
    [InlineData("rheo completion fi", "fish")]
    [InlineData("rheo config --output=ya", "--output=yaml")]
    public void FishCompletes(string line, string expected)
    {
        Require("fish");
        var start = Start("fish", "--no-config", "-c", $"rheo completion fish | source; complete -C '{line}'");
        using var fish = Process.Start(start)!;
        fish.StandardInput.Close();

        Assert.Equal(expected, fish.StandardOutput.ReadToEnd().Trim());
    }

    // Names of interfaces are as somebody chose them: bash is to offer them, and neither to run nor to expand them.
    [Fact]
    public void WhatBashOffersIsNeverRunAndCanBeTakenAsItIs()
    {
        Require("bash");
        var script = Path.Combine(Repository.Root, "deploy/completion/rheo.bash");
        const string Names = "rheo() { printf '%s\\n' '$(id>pwn)' '*' 'eth0' '`id>pwn`'; }; COMP_LINE='rheo flows -i '; COMP_POINT=14; COMP_WORDS=(rheo flows -i ''); COMP_CWORD=3";
        File.WriteAllText(Path.Combine(_home, "a-file"), "");
        using var bash = Process.Start(Start("bash", "--norc", "-c", $"source {script}; {Names}; _rheo; printf '%s\\n' \"${{COMPREPLY[@]}}\""))!;
        bash.StandardInput.Close();

        Assert.Equal(["\\$\\(id\\>pwn\\)", "\\*", "eth0", "\\`id\\>pwn\\`"], bash.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(Path.Combine(_home, "pwn")));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    // expected: whose script the completed command printed; null: the YAML of rheo config.
    private void Expect(string shell, string prepare, string typed, string? expected)
    {
        Require(shell.Split(' ')[0]);
        Require("script");
        using var terminal = Process.Start(Start("script", "--quiet", "--flush", "--command", shell, "/dev/null"))!;
        terminal.OutputDataReceived += (_, _) => { };
        terminal.BeginOutputReadLine();
        var done = Path.Combine(_home, "done");
        Type(terminal, $"PS1=; {prepare}; : > ready", Path.Combine(_home, "ready"));
        Type(terminal, $"{typed}; : > done", done);
        terminal.StandardInput.Write("exit\n");
        terminal.StandardInput.Close();
        if (!terminal.WaitForExit(TimeSpan.FromSeconds(10)))
            terminal.Kill(entireProcessTree: true);

        var output = File.ReadAllText(Path.Combine(_home, "out"));
        if (expected is null)
            Assert.StartsWith("listen: \"127.0.0.1:9460\"", output, StringComparison.Ordinal);
        else
            Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, $"deploy/completion/rheo.{expected}")), output);
    }

    // A shell at a terminal throws away what is typed before it reads: one key after the other, and then see what it did.
    private static void Type(Process terminal, string line, string sign)
    {
        foreach (var part in line.Split('\t').Index())
        {
            if (part.Index > 0)
            {
                terminal.StandardInput.Write('\t');
                terminal.StandardInput.Flush();
                Thread.Sleep(700);
            }

            terminal.StandardInput.Write(part.Item);
            terminal.StandardInput.Flush();
        }

        terminal.StandardInput.Write('\n');
        terminal.StandardInput.Flush();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(sign), TimeSpan.FromSeconds(20)), $"'{line}' did not end");
    }

    private ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory.TrimEnd('/')}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _home;
        start.Environment["TERM"] = "dumb";
        start.Environment["RHEO_CONFIG"] = "";
        return start;
    }

    private static void Require(string program) =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))), $"needs {program}");
}
