using Rheo.Agent;
using Rheo.Model.Drops;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>Who asks for drops costs a bounded share of the thread that reads them.</summary>
public sealed class DropReadingsTests
{
    private readonly StoodClock _clock = new();
    private readonly DropReadings _readings;
    private int _count;

    public DropReadingsTests() => _readings = new DropReadings(_clock);

    [Fact]
    public async Task ACrowdGetsOneReadingUntilItHasRestedFourTimesAsLong()
    {
        var first = await _readings.Read(Slow);
        _clock.Ticks += 39;
        Assert.Same(first, await _readings.Read(Slow));
        _clock.Ticks += 1;

        Assert.NotSame(first, await _readings.Read(Slow));
        Assert.Equal(2, _count);
    }

    [Fact]
    public async Task WhoAsksWhileOneReadsWaitsForThat()
    {
        using var goOn = new ManualResetEventSlim();
        var first = _readings.Read(() =>
        {
            goOn.Wait();
            return Slow();
        });
        var second = _readings.Read(Slow);
        goOn.Set();

        Assert.Same(await first, await second);
        Assert.Equal(1, _count);
    }

    [Fact]
    public async Task OneThatFailedIsNotToldToTheNext()
    {
        await Assert.ThrowsAsync<IOException>(() => _readings.Read(() => throw new IOException("closed")));

        await _readings.Read(Slow);
        Assert.Equal(1, _count); // read for itself
    }

    private DropSnapshot Slow()
    {
        _count++;
        _clock.Ticks += 10;
        return DropSnapshot.Empty with { Examples = [] };
    }

    private sealed class StoodClock : TimeProvider
    {
        public long Ticks { get; set; } = 1;

        public override long GetTimestamp() => Ticks;
    }
}
