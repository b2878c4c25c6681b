using Rheo.Bpf;
using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>The optional kernel objects come after the flows: when, and who waits for them. No object is loaded here.</summary>
public sealed class PartLoaderTests
{
    [Fact]
    public void PartsAreLoadedWhenItIsTheirTurn()
    {
        using var told = new ManualResetEventSlim();
        using var loader = PartLoader.Begin([], told.Set);

        Assert.False(loader.IsDone);
        loader.Go();

        Assert.True(told.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.True(loader.IsDone);
        using var parts = loader.Take();
        Assert.Empty(parts.Handed);
    }

    [Fact]
    public void WhoTakesThemNeedNotTellThemToLoad()
    {
        using var loader = PartLoader.Begin([]);
        using var parts = loader.Take();

        Assert.Empty(parts.Warnings);
    }

    [Fact]
    public void ALoaderThatNobodyNeedsAnyMoreEndsAtOnce()
    {
        var loader = PartLoader.Begin(OptionalParts.All);
        loader.Dispose();

        Assert.True(loader.IsDone);
    }

    [Fact]
    public async Task WhoAsksForPartsThatAreStillToComeWaitsForThem()
    {
        using var parts = PartReaders.Begin(["drop"]);
        var asked = Task.Run(() => parts.Await(TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);

        Assert.False(asked.IsCompleted);
        parts.Complete();

        await asked.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void WhoWakesAReaderThatHasEndedDoesNoHarm()
    {
        var waiter = new RingWaiter();
        waiter.Dispose();

        waiter.Wake();
    }
}
