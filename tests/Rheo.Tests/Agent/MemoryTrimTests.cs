using Rheo.Agent;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What a storm used is given back once it is over, and not in the midst of it.</summary>
public sealed class MemoryTrimTests
{
    private const long Worthwhile = 4 * 1024 * 1024;

    [Fact]
    public void NothingIsGivenBackInTheMinuteAfterTheStartNorWhereLittleWasUsed()
    {
        var shrunk = 0;
        var trim = new MemoryTrim(Worthwhile, () => shrunk++);
        trim.Look(isCalm: true);
        Assert.Equal(TimeSpan.MaxValue, trim.Patience);

        Use(8 * 1024 * 1024);
        trim.Look(isCalm: true);

        Assert.InRange(trim.Patience, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        Assert.Equal(0, shrunk);
    }

    [Fact]
    public void ItIsGivenBackOnceWhenItHasBeenCalmForAWhile()
    {
        var shrunk = 0;
        var trim = new MemoryTrim(Worthwhile, () => shrunk++, rest: TimeSpan.Zero, calm: TimeSpan.FromMilliseconds(100));
        Use(8 * 1024 * 1024);
        Thread.Sleep(150);
        trim.Look(isCalm: false);
        Assert.Equal(0, shrunk);
        Thread.Sleep(150);

        trim.Look(isCalm: true);
        trim.Look(isCalm: true);

        Assert.Equal(1, shrunk);
    }

    [Fact]
    public void AStormThatDoesNotEndIsSweptNowAndThen()
    {
        var (shrunk, swept) = (0, 0);
        var trim = new MemoryTrim(Worthwhile, () => shrunk++, () => swept++, rest: TimeSpan.Zero, storm: TimeSpan.FromMilliseconds(500));
        Use(8 * 1024 * 1024);
        trim.Look(isCalm: false);
        Assert.Equal(0, swept);
        Thread.Sleep(600);

        trim.Look(isCalm: false);
        trim.Look(isCalm: false);
        Assert.Equal((0, 1), (shrunk, swept));
    }

    private static void Use(int bytes)
    {
        for (var used = 0; used < bytes; used += 64 * 1024)
            GC.KeepAlive(new byte[64 * 1024]);
    }
}
