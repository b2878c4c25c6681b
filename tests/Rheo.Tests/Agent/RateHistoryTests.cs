using Rheo.Agent;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>The rates of the last minute, a number a second; and the counts of what ended.</summary>
public sealed class RateHistoryTests
{
    [Fact]
    public void WhatWasNotWatchedIsNoNumber()
    {
        var history = new RateHistory();
        history.Add(1, 10);
        history.Add(1, 99); // the same second
        history.Pass();
        history.Pass();
        history.Add(1, 30);

        Assert.Equal([10, float.NaN, 30], history.Of(1));
        Assert.Empty(history.Of(2));
    }

    [Fact]
    public void AMinuteIsRememberedAndNoMore()
    {
        var history = new RateHistory();
        for (var second = 0; second < 100; second++, history.Pass())
            history.Add(1, second);
        Assert.Equal(Enumerable.Range(40, 60).Select(second => (float)second), history.Of(1));

        for (var second = 0; second < RateHistory.Length; second++)
            history.Pass();

        Assert.Empty(history.Of(1));
    }

    [Fact]
    public void WhatAnotherTableEndedIsAdded()
    {
        var counts = new EndCounts();
        counts.Add([1, 2, 3]);
        counts.Add([10, 20, 30, .. new ulong[100]]);

        Assert.Equal([11, 22, 33], counts.Copy()[..3]);
    }
}
