using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>When all connections are told anew, and when one that was not found is taken for over.</summary>
public sealed class FullWalksTests
{
    private readonly FullWalks _walks = new();

    [Fact]
    public void TheFirstWalkTellsOfAllAndTheNextOfWhatMoved() => Assert.Equal([1, null, null], Next(3, lost: 0, missed: 0));

    [Fact]
    public void LostMomentsAreAnsweredByTheNextWalk()
    {
        Next(1, lost: 0, missed: 0);

        Assert.Equal([1, null], Next(2, lost: 5, missed: 0));
        Assert.Equal([1, null], Next(2, lost: 6, missed: 0));
    }

    [Fact]
    public void AMissedStateIsAnsweredByTwoWalksThatMustBothNotFindAConnection()
    {
        Next(1, lost: 0, missed: 0);

        Assert.Equal([0, 2, null], Next(3, lost: 0, missed: 1));
    }

    [Fact]
    public void StatesMissedAllTheTimeAreAnsweredOnceAMinute()
    {
        Next(1, lost: 0, missed: 0);
        Next(2, lost: 0, missed: 1);

        Assert.Equal([null], Next(1, lost: 0, missed: 2, FullWalks.Rest / 2));
        Assert.Equal([0, 2, null], Next(3, lost: 0, missed: 3, FullWalks.Rest));
    }

    [Fact]
    public void WhoAsksIsAnswered()
    {
        Next(1, lost: 0, missed: 0);
        _walks.Ask();

        Assert.Equal([1, null], Next(2, lost: 0, missed: 0));
    }

    // By how many walks one that lives was found; null: the walk tells only of what moved.
    private List<int?> Next(int walks, ulong lost, ulong missed, TimeSpan now = default)
    {
        var found = new List<int?>();
        for (var walk = 0; walk < walks; walk++)
        {
            _walks.Hear(lost, missed, now);
            found.Add(_walks.IsDue ? _walks.Done() : null);
        }

        return found;
    }
}
