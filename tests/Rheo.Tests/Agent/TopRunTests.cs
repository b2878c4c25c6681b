using System.Text;
using Microsoft.Win32.SafeHandles;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Terminal;
using Rheo.Tests.Terminal.Vt;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>The live view on a real pseudo terminal, over a scripted model.</summary>
public sealed class TopRunTests : IDisposable
{
    private readonly PseudoTerminal _terminal = new(100, 24);
    private readonly StringWriter _messages = new();
    private readonly CancellationTokenSource _stop = new();
    private ScriptedSource? _source;

    [Fact]
    public void ItShowsTheFastestFirstAndGivesTheTerminalBack()
    {
        var before = _terminal.Modes;
        var run = Start();

        _terminal.Await("10.0.0.1:1003 ");
        Assert.NotEqual(before, _terminal.Modes);
        Assert.True(_terminal.Look(screen => screen.IsAlternate && !screen.IsCursorShown && !screen.Wraps));
        _terminal.Await("the fastest first", _ => Ports() is [1003, 1002, 1001]);
        _terminal.Type("q");

        run.Join();
        AssertGivenBack(before);
        Assert.True(_source!.IsDisposed);
        Assert.Matches("^rheo top: [0-9,]+ conversations, .*; nothing lost", _messages.ToString());
        Assert.Empty(_terminal.Look(screen => screen.Strange.ToArray()));
    }

    [Fact]
    public void KeysFilterSortPauseAndTell()
    {
        var run = Start();
        _terminal.Await("10.0.0.1:1003 ");

        _terminal.Type("/port 1002\r");
        _terminal.Await("one row", _ => Ports() is [1002]);
        _terminal.Type("/");
        _terminal.Await("Enter: use it");
        _terminal.Type("\u0015port x");
        _terminal.Await("^ expected");
        _terminal.Type("\e");
        _terminal.Await("quit");
        _terminal.Type("/\u0015\r");
        _terminal.Await("all rows", _ => Ports().Length == 3);
        _terminal.Type("f");
        _terminal.Await("by first");
        _terminal.Type("\e[B\r");
        _terminal.Await("first seen");
        _terminal.Type("\e");
        _terminal.Await("SOURCE");
        _terminal.Type(" ");
        _terminal.Await("PAUSED");
        var still = _terminal.Look(screen => screen.Text);
        Thread.Sleep(300);
        Assert.Equal(still, _terminal.Look(screen => screen.Text));
        _terminal.Type(" ?");
        _terminal.Await("all about the conversation");
        _terminal.Type("q");

        run.Join();
    }

    [Fact]
    public void ANewSizeIsDrawnAtTheNextFrame()
    {
        var run = Start();
        _terminal.Await("10.0.0.1:1003 ");

        _terminal.Resize(20, 5);
        _terminal.Await("a small screen", screen => screen.Text.Split('\n')[1].Contains("RATE", StringComparison.Ordinal));
        _terminal.Resize(0, 0);
        _terminal.Await("a screen of a size that is not told", screen => screen.Text.Contains("by rate", StringComparison.Ordinal));
        _terminal.Type("q");

        run.Join();
    }

    [Fact]
    public void AnIntervalThatIsAskedForIsKeptHoweverOftenTheSourceScans()
    {
        var run = Start(options: new TopOptions { Interval = TimeSpan.FromMinutes(10) });
        _terminal.Await("10.0.0.1:1003 ");
        var still = _terminal.Look(screen => screen.Text);
        Thread.Sleep(300);

        Assert.Equal(still, _terminal.Look(screen => screen.Text));
        _terminal.Type("?");
        _terminal.Await("all about the conversation");
        _terminal.Type("q");

        run.Join();
    }

    [Fact]
    public void AStopGivesTheTerminalBack()
    {
        var before = _terminal.Modes;
        var run = Start();
        _terminal.Await("10.0.0.1:1003 ");

        _stop.Cancel();

        run.Join();
        AssertGivenBack(before);
    }

    [Fact]
    public void AFailureGivesTheTerminalBackBeforeItIsTold()
    {
        var before = _terminal.Modes;
        Exception? failure = null;
        var run = Start((_, round) =>
        {
            if (round > 20)
                throw new IOException("the agent has gone");
        }, thrown => failure = thrown);

        run.Join();

        Assert.Equal("the agent has gone", failure?.Message);
        AssertGivenBack(before);
    }

    [Fact]
    public void ASourceThatCannotBeOpenedGivesTheTerminalBack()
    {
        var before = _terminal.Modes;

        Assert.Throws<MissingSupportException>(() => Run(_ => throw new MissingSupportException("needs CAP_BPF")));

        AssertGivenBack(before);
        Assert.True(SpinWait.SpinUntil(() => _terminal.Sent.Contains("loading the programs", StringComparison.Ordinal), TimeSpan.FromSeconds(10)), _terminal.Sent);
    }

    [Fact]
    public void FramesOnPaperArePlainText()
    {
        var output = new MemoryStream();
        var options = new TopOptions { Frames = 2, Interval = TimeSpan.FromMilliseconds(50), Limit = 2 };

        TopPrint.Run(options, Open(Talk), output, Screen.None, Glyphs.Unicode, _messages, _stop.Token);

        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(2, text.Split("rheo top  ").Length - 1);
        Assert.Equal(4, text.Split("10.0.0.2:443").Length - 1);
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain("quit", text, StringComparison.Ordinal);
    }

    [Fact]
    public void PaperIsAsLongAsWhatIsAskedFor()
    {
        var output = new MemoryStream();
        var options = new TopOptions { Frames = 1, Interval = TimeSpan.FromMilliseconds(50), Limit = 600 };
        var script = (ScriptedSource source, int round) =>
        {
            for (ushort port = 1; port <= 600; port++)
                source.Talk(port, 1);
        };

        TopPrint.Run(options, Open(script), output, Screen.None, Glyphs.Unicode, _messages, _stop.Token);

        Assert.Equal(600, Encoding.UTF8.GetString(output.ToArray()).Split("10.0.0.2:443").Length - 1);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _terminal.Dispose();
    }

    private static void Talk(ScriptedSource source, int round)
    {
        source.Talk(1001, 1);
        source.Talk(1002, 10);
        source.Talk(1003, 100);
    }

    private int[] Ports() => _terminal.Look(screen => screen.Text).Split('\n').Where(line => line.StartsWith(" 10.0.0.1:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.AsSpan(10, 4), System.Globalization.CultureInfo.InvariantCulture)).ToArray();

    private void AssertGivenBack(string modes)
    {
        _terminal.Await("the main screen", screen => !screen.IsAlternate);
        Assert.True(_terminal.Look(screen => screen.IsCursorShown && screen.Wraps));
        Assert.Equal(modes, _terminal.Modes);
    }

    private Func<TrafficSourceOptions, ITrafficSource> Open(Action<ScriptedSource, int> script) =>
        options => _source = new ScriptedSource(options, script);

    private Thread Start(Action<ScriptedSource, int>? script = null, Action<Exception>? failed = null, TopOptions? options = null)
    {
        var run = new Thread(() =>
        {
            try
            {
                Run(Open(script ?? Talk), options);
            }
            catch (Exception thrown) when (failed is not null)
            {
                failed(thrown);
            }
        });
        run.Start();
        return run;
    }

    private void Run(Func<TrafficSourceOptions, ITrafficSource> open, TopOptions? options = null)
    {
        using var output = new FileStream(new SafeFileHandle(_terminal.Terminal, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        TopRun.Run(options ?? new TopOptions(), open, _terminal.Terminal, output, styled: true, Glyphs.Unicode, _messages, _stop.Token);
    }
}
