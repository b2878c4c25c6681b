using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>How long it is to the next scan.</summary>
public sealed class ScheduleTests
{
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10), Quiet = TimeSpan.FromSeconds(20);

    [Fact]
    public void AScanThatFoundNothingIsFollowedByALongerRest()
    {
        var schedule = Steadied(Quiet);

        schedule.Done(foundNews: false);
        Assert.InRange(schedule.Remaining, Steady, Quiet);
        schedule.Done(foundNews: true);
        Assert.InRange(schedule.Remaining, TimeSpan.Zero, Steady);
    }

    [Fact]
    public void ARestIsNeverShorterThanTheSteadyInterval()
    {
        var schedule = Steadied(TimeSpan.FromSeconds(1));

        schedule.Done(foundNews: false);

        Assert.InRange(schedule.Remaining, Steady / 2, Steady);
    }

    [Fact]
    public void TheFirstScansComeSoonWhateverTheyFind()
    {
        var schedule = new Schedule(Steady, Quiet);

        schedule.Done(foundNews: false);

        Assert.InRange(schedule.Remaining, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static Schedule Steadied(TimeSpan quiet)
    {
        var schedule = new Schedule(Steady, quiet);
        for (var scan = 0; scan < 20; scan++)
            schedule.Done(foundNews: true);
        return schedule;
    }
}
