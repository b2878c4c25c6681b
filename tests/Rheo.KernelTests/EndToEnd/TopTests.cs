using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Rheo.KernelTests.Links;
using Rheo.Terminal.Live;
using Rheo.Tests.Terminal.Vt;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The program itself on a terminal of its own: what it shows, and that the terminal is afterwards what it was.</summary>
public sealed partial class TopTests : IDisposable
{
    private const int Terminate = 15;
    private const int Interrupt = 2;
    private const int HangUp = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestNamespace _space = TestNamespace.Create();
    private readonly PseudoTerminal _terminal = new(100, 20);
    private Process? _process;

    [RootFact]
    public void PacketsShowOnTheScreen()
    {
        Start("exec \"$@\"");
        _terminal.Await("no conversation yet");
        _space.Ping("127.0.0.1");

        _terminal.Await(" icmp ");
        _terminal.Type("/port 1\r");
        _terminal.Await("no conversation passes the filter");
        _terminal.Type("q");

        Assert.Equal(0, WaitForExit());
        Assert.Empty(_terminal.Look(screen => screen.Strange.ToArray()));
        _terminal.Await("nothing lost");
        Assert.DoesNotContain("\e[?1h", _terminal.Sent, StringComparison.Ordinal); // a mode of the keys that nobody takes back
    }

    [RootTheory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    [InlineData(HangUp)]
    public void ASignalGivesTheTerminalBack(int signal)
    {
        var before = _terminal.Modes;
        Start("exec \"$@\"");
        _terminal.Await("no conversation yet");
        Assert.NotEqual(before, _terminal.Modes);

        Assert.Equal(0, kill(_process!.Id, signal));

        Assert.Equal(0, WaitForExit());
        AssertGivenBack(before);
    }

    [RootFact]
    public void CtrlCAtTheVeryBeginningGivesTheTerminalBack()
    {
        var before = _terminal.Modes;
        Start("exec \"$@\"");
        _terminal.Await("loading the programs");
        _terminal.Type("\u0003");

        Assert.Equal(0, WaitForExit());
        AssertGivenBack(before);
    }

    [RootFact]
    public void CtrlZGivesTheTerminalToTheShellAndFgTakesItAgain()
    {
        var before = _terminal.Modes;
        Start("set -m; \"$@\"; echo \"stopped $?\"; fg >/dev/null; echo \"ended $?\"");
        _terminal.Await("no conversation yet");

        _terminal.Type("\u001a");
        _terminal.Await("it goes on after the shell has had the terminal", screen => screen.IsAlternate && Again().IsMatch(_terminal.Sent));
        _terminal.Await("no conversation yet");
        _terminal.Type("q");

        _terminal.Await("ended 0");
        Assert.Equal(0, WaitForExit());
        AssertGivenBack(before);
    }

    [RootFact]
    public void AScreenThatShrinksIsDrawnAnew()
    {
        Start("exec \"$@\"");
        _terminal.Await("no conversation yet");

        _terminal.Resize(20, 5);
        _terminal.Await("a small screen", screen => screen.Text.Split('\n')[0].EndsWith("lost 0", StringComparison.Ordinal));
        _terminal.Type("q");

        Assert.Equal(0, WaitForExit());
    }

    [RootFact]
    public void WithoutATerminalItSaysWhatElseThereIs()
    {
        using var top = RheoProcess.Start(_space, "top");

        Assert.Equal(2, top.WaitForExit());
        Assert.Contains("rheo top --frames 1, or rheo flows --follow", top.Errors, StringComparison.Ordinal);
        Assert.Equal("", top.Output);
    }

    [RootFact]
    public void ATerminalThatCanDoNothingIsRefused()
    {
        Start("TERM=dumb exec \"$@\"");

        Assert.Equal(2, WaitForExit());
        Assert.DoesNotContain('\e', _terminal.Sent);
    }

    [RootFact]
    public void NoColorIsHonoured()
    {
        Start("NO_COLOR=1 exec \"$@\"");
        _terminal.Await("no conversation yet");
        _terminal.Type("q");
        WaitForExit();

        Assert.DoesNotMatch(@"\e\[[0-9;]*[1-9][0-9;]*m", _terminal.Sent);
    }

    [RootFact]
    public void TheFirstFrameIsThereWithin100Milliseconds()
    {
        var binary = Environment.GetEnvironmentVariable("RHEO_BINARY");
        Assert.SkipWhen(binary is null, "only the native binary starts so fast: ./dev build");
        var fastest = Enumerable.Range(0, 5).Min(_ => TimeOfFirstFrame(binary!));

        Assert.InRange(fastest.TotalMilliseconds, 0, 100);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        _terminal.Dispose();
        _space.Dispose();
    }

    [GeneratedRegex(@"\e\[\?1049l.*stopped 14[78].*\e\[\?1049h", RegexOptions.Singleline)]
    private static partial Regex Again();

    private TimeSpan TimeOfFirstFrame(string binary)
    {
        using var terminal = new PseudoTerminal(100, 20);
        var since = Stopwatch.GetTimestamp();
        using var process = Launch(terminal, "exec \"$@\"", [binary]);
        terminal.Await("rheo top");
        var elapsed = Stopwatch.GetElapsedTime(since);
        terminal.Type("q");
        process.WaitForExit(Patience);
        return elapsed;
    }

    private void Start(string script) => _process = Launch(_terminal, script, RheoProcess.Command);

    // The terminal is the session's own, as it is for a person's shell.
    private Process Launch(PseudoTerminal terminal, string script, string[] rheo) => Process.Start(new ProcessStartInfo("sh",
    [
        "-c", "exec setsid --ctty ip netns exec \"$@\" <\"$0\" >\"$0\" 2>\"$0\"", terminal.Path,
        _space.Name, "bash", "-c", script, "bash", .. rheo, "top",
    ])
    {
        Environment = { ["TERM"] = "xterm", ["LANG"] = "C.UTF-8" },
    })!;

    private int WaitForExit()
    {
        if (!_process!.WaitForExit(Patience))
            throw new TimeoutException($"it does not end; the screen:\n{_terminal.Look(screen => screen.Text)}");
        return _process.ExitCode;
    }

    private void AssertGivenBack(string modes)
    {
        _terminal.Await("the main screen", screen => !screen.IsAlternate);
        Assert.True(_terminal.Look(screen => screen.IsCursorShown && screen.Wraps));
        Assert.Equal(modes, _terminal.Modes);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
