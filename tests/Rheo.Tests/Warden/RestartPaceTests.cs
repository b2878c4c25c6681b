using Rheo.Warden;
using Xunit;

namespace Rheo.Tests.Warden;

/// <summary>How soon a core follows another.</summary>
public sealed class RestartPaceTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private RestartPace _pace;

    [Fact]
    public void TheFirstFollowsAtOnceAndNoneLaterThanWithinASecond()
    {
        Assert.Equal([0, 50, 100, 200, 400, 800, 800, 800], Enumerable.Range(0, 8).Select(_ => Fail()));

        double Fail()
        {
            _pace.Fail(TimeSpan.Zero);
            return _pace.Delay.TotalMilliseconds;
        }
    }

    [Fact]
    public void TwentyInARowAreInVain()
    {
        for (var failure = 1; failure <= 20; failure++)
        {
            Assert.False(_pace.IsInVain);
            _pace.Fail(TimeSpan.Zero);
            Assert.Equal(failure, _pace.Failures);
        }

        Assert.True(_pace.IsInVain);
    }

    [Fact]
    public void OneThatWasReadyForMoreThanASecondHasProvedThatItCanRun()
    {
        _pace.Fail(TimeSpan.Zero);
        _pace.Fail(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _pace.Failures);

        _pace.Fail(TimeSpan.FromSeconds(1) + s_tick);
        Assert.Equal((0, TimeSpan.Zero), (_pace.Failures, _pace.Delay));
    }
}
