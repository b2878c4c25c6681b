using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Links;

/// <summary>The threads that stand in line for the lock of all devices.</summary>
public sealed class HookWorkersTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void AsManyJobsAsThereAreThreadsAreUnderWayAtOnce()
    {
        using var gate = new ManualResetEventSlim();
        using var begun = new CountdownEvent(HookWorkers.Most);
        using var workers = new HookWorkers(() => { });
        for (var job = 0; job < HookWorkers.Most; job++)
        {
            Assert.True(workers.HasRoom);
            workers.Begin(() =>
            {
                begun.Signal();
                gate.Wait();
            });
        }

        var all = begun.Wait(s_patience);
        var room = workers.HasRoom;
        gate.Set();
        Assert.True(all);
        Assert.False(room);
        Assert.True(SpinWait.SpinUntil(() => workers.HasRoom, s_patience));
    }

    [Fact]
    public void EachJobIsDoneOnceAlsoThoseThatNoThreadHadBegunAtTheEnd()
    {
        var done = new int[100];
        var told = 0;
        using (var workers = new HookWorkers(() => Interlocked.Increment(ref told)))
        {
            for (var job = 0; job < done.Length; job++)
            {
                var index = job;
                workers.Begin(() => Interlocked.Increment(ref done[index]));
            }
        }

        Assert.All(done, times => Assert.Equal(1, times));
        Assert.Equal(done.Length, told);
    }

    [Fact]
    public void TheEndWaitsForWhatIsUnderWay()
    {
        using var begun = new ManualResetEventSlim();
        var ended = false;
        using (var workers = new HookWorkers(() => { }))
        {
            workers.Begin(() =>
            {
                begun.Set();
                Thread.Sleep(100);
                Volatile.Write(ref ended, true);
            });
            Assert.True(begun.Wait(s_patience));
        }

        Assert.True(Volatile.Read(ref ended));
    }

    [Fact]
    public void AWaitEndsWithAJobOrAWakeUpAndOnceForAllOfThem()
    {
        using var workers = new HookWorkers(() => { });
        Assert.False(workers.Await(TimeSpan.Zero));

        workers.Begin(() => { });
        Assert.True(workers.Await(s_patience));
        workers.Wake();
        workers.Wake();
        Assert.True(workers.Await(s_patience));
        Assert.False(workers.Await(TimeSpan.FromMilliseconds(-1)));
    }
}
