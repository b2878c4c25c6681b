using Rheo.Model.Connections;
using Xunit;

namespace Rheo.KernelTests.Connections;

/// <summary>Four ways to make a connection slow, and who is blamed for it.</summary>
public sealed class BlameTests(ITestOutputHelper output)
{
    /// <summary>The figure is twenty runs each; without the variable each is played once, as time allows.</summary>
    private static readonly int s_runs = int.TryParse(Environment.GetEnvironmentVariable("RHEO_BLAME_RUNS"), out var runs) ? runs : 1;

    [RootFact(Kernel = "5.12")]
    public void AServerThatThinksIsBlamed() =>
        AssertOften(BlameParty.Server, BlameReason.SlowAnswer, SlowScenes.ServerThinks);

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReaderThatStopsIsBlamed(bool isServer) =>
        AssertOften(isServer ? BlameParty.Server : BlameParty.Client, BlameReason.WindowClosed, wire => SlowScenes.ReaderStops(wire, isServer));

    [RootFact(Kernel = "5.12")]
    public void ANetworkThatLosesIsBlamed() =>
        AssertOften(BlameParty.Network, BlameReason.Loss, SlowScenes.NetworkLoses);

    [RootFact(Kernel = "5.12")]
    public void AFullBacklogIsBlamed() => AssertOften(BlameParty.ServerQueue, BlameReason.QueueFull, wire =>
    {
        var verdict = SlowScenes.BacklogIsFull(wire);
        Assert.Equal(BlameParty.ServerQueue, wire.ServerEnd(SlowScenes.Port)!.Verdict.Party);
        Assert.True(wire.Queue(SlowScenes.Port)!.IsFull);
        Assert.True(wire.Queue(SlowScenes.Port)!.Drops > 0);
        return verdict;
    });

    // 95 in a hundred; of a few, all.
    private void AssertOften(BlameParty party, BlameReason reason, Func<WatchedWire, Verdict> play)
    {
        var wrong = new List<Verdict>();
        for (var run = 0; run < s_runs; run++)
        {
            using var wire = WatchedWire.Create();
            var verdict = play(wire);
            if ((verdict.Party, verdict.Reason) != (party, reason))
                wrong.Add(verdict);
        }

        output.WriteLine($"{party}, {reason}: {s_runs - wrong.Count} of {s_runs} runs {string.Join("; ", wrong)}");
        Assert.True(wrong.Count * 20 <= s_runs, $"{wrong.Count} of {s_runs} runs are blamed on others: {string.Join("; ", wrong)}");
    }
}
