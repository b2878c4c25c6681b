using Rheo.Agent;
using Rheo.Journal;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>When the agent calls its own capture ill, and how long who asks waits for what is loaded late.</summary>
public sealed class CaptureLoopTests
{
    private readonly ScriptedSource _source = new(new TrafficSourceOptions(), (_, _) => { });
    private readonly Clock _clock = new();
    private readonly CaptureLoop _loop;

    public CaptureLoopTests() => _loop = new CaptureLoop(
        _source, new EndCounts(), new AgentContent(() => new JournalHello()), new RunReport("rheo agent", _source, TextWriter.Null, 0), _clock);

    [Fact]
    public void ARoundThatTakesMoreThanTenSecondsIsTold()
    {
        _clock.Now = TimeSpan.FromSeconds(10);
        Assert.Null(_loop.Trouble);

        _clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal("the capture has not moved for 10 s", _loop.Trouble);
    }

    [Fact]
    public void OnceItMovesAgainAllIsWell()
    {
        _clock.Now = TimeSpan.FromSeconds(60);
        Assert.Equal("the capture has not moved for 60 s", _loop.Trouble);

        _loop.Start();
        Assert.True(SpinWait.SpinUntil(() => _loop.Trouble is null, TimeSpan.FromSeconds(30)));
        _loop.Stop();
        Assert.Equal("the capture has ended", _loop.Trouble);
    }

    [Fact]
    public void WhatIsLoadedLateIsWaitedForTenSeconds()
    {
        _source.OnlyPart = "a part";

        Assert.Equal("a part", _loop.Part<string>());
        Assert.Equal(TimeSpan.FromSeconds(10), _source.Awaited);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
