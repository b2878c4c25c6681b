using System.Text;
using System.Text.Json;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Terminal;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class FlowsRunTests
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _messages = new();
    private readonly CancellationTokenSource _stop = new();
    private ScriptedSource? _source;

    [Fact]
    public void OneShotPrintsOnceSortedByBytes()
    {
        Run(Json() with { Duration = TimeSpan.FromMilliseconds(20) }, First(source =>
        {
            source.Talk(1001, 5);
            source.Talk(1002, 50);
            source.Talk(1003, 10);
        }));

        Assert.Equal([1002, 1003, 1001], Lines().Select(Port));
    }

    [Fact]
    public void OneShotPrintsConversationsThatEndedMeanwhileToo()
    {
        Run(Json() with { Duration = TimeSpan.FromHours(1) }, (source, round) =>
        {
            if (round == 0)
                source.Talk(1001, 5, TcpFlags.Rst);
            if (round == 20)
                _stop.Cancel();
        });

        var line = Assert.Single(Lines());
        Assert.Equal("reset", line.GetProperty("ended").GetString());
    }

    [Fact]
    public void TheFilterAndTheLimitHoldForTheOutputOnly()
    {
        var filter = FlowFilter.Parse("port 1001 or port 1002");
        Run(Json() with { Duration = TimeSpan.FromMilliseconds(20), Filter = filter, Limit = 1 }, First(source =>
        {
            source.Talk(1001, 5);
            source.Talk(1002, 6);
            source.Talk(1003, 100);
        }));

        Assert.Equal(1002, Port(Assert.Single(Lines())));
        Assert.Contains("3 conversations, 222 packets, 21.7 KiB", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FollowPrintsAConversationWhenItIsNewAndEachIntervalWhileItGoesOn()
    {
        Run(Json() with { Follow = true, Interval = TimeSpan.FromSeconds(2) }, (source, round) =>
        {
            if (round < 5)
                source.Talk(1001, 1);
            if (round == 8)
                _stop.Cancel();
        });

        Assert.Equal([1, 3, 5], Lines().Select(line => line.GetProperty("packets").GetProperty("sent").GetInt32()));
    }

    [Fact]
    public void FollowPrintsTheEndOnceWithItsReason()
    {
        Run(Json() with { Follow = true }, (source, round) =>
        {
            if (round == 0)
                source.Talk(1001, 1, TcpFlags.Rst);
            if (round == 20)
                _stop.Cancel();
        });

        var end = Assert.Single(Lines(), line => line.TryGetProperty("ended", out _));
        Assert.Equal("reset", end.GetProperty("ended").GetString());
    }

    [Fact]
    public void FollowEndsAtTheLimit()
    {
        Run(Json() with { Follow = true, Limit = 3 }, (source, round) => source.Talk((ushort)(1000 + round), 1));

        Assert.Equal(3, Lines().Length);
    }

    [Fact]
    public void MessagesSayWhatIsWatchedWhatWentWrongAndThatNothingWasLost()
    {
        Run(Json() with { Duration = TimeSpan.FromMilliseconds(20) }, First(source => source.Warn("eth7: \e[31mgone")));

        var lines = _messages.ToString().Split('\n');
        Assert.StartsWith("rheo flows: watching lo (tcx), eth0 (tcx) for 20.0 ms", lines[0], StringComparison.Ordinal);
        Assert.Equal("rheo flows: warning: eth7: \\x1b[31mgone", lines[1]);
        Assert.EndsWith("; nothing lost", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void LossesAreNamedByStage()
    {
        Run(Json() with { Duration = TimeSpan.FromMilliseconds(20) }, First(source =>
            source.Ledger = new Ledger { Losses = [new StageLoss("flow_ring", 1234, 2048, 5), new StageLoss("tcp_ring", 0, 0, 0)] }));

        Assert.Contains("LOST flow_ring: 1,234 packets, 2.00 KiB, 5 records", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSourceIsLetGoWhenTheReaderHasGone()
    {
        var open = Open((source, round) => source.Talk((ushort)round, 1));

        var failure = Assert.Throws<IOException>(() =>
            FlowsRun.Run(Json() with { Follow = true }, open, new ClosedPipe(), Screen.None, _messages, _stop.Token));

        Assert.True(StandardOutput.ReaderHasGone(failure));
        Assert.True(_source!.IsDisposed);
    }

    private static FlowsOptions Json() => new() { Output = OutputFormat.Json };

    private static Action<ScriptedSource, int> First(Action<ScriptedSource> act) => (source, round) =>
    {
        if (round == 0)
            act(source);
    };

    private static int Port(JsonElement line) => line.GetProperty("source").GetProperty("port").GetInt32();

    private void Run(FlowsOptions options, Action<ScriptedSource, int> script) =>
        FlowsRun.Run(options, Open(script), _output, Screen.None, _messages, _stop.Token);

    private Func<TrafficSourceOptions, ITrafficSource> Open(Action<ScriptedSource, int> script) =>
        options => _source = new ScriptedSource(options, script);

    private JsonElement[] Lines() => Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement).ToArray();

    private sealed class ClosedPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", 32);
    }
}
