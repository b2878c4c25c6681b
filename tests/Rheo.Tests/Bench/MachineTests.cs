using System.Diagnostics;
using Rheo.Bench.Machine;
using Xunit;

namespace Rheo.Tests.Bench;

/// <summary>How a run knows processes, CPUs and its own things.</summary>
public sealed class MachineTests
{
    [Theory]
    [InlineData("0-3,8", 3, true)]
    [InlineData("0-3,8", 8, true)]
    [InlineData("0-3,8", 4, false)]
    [InlineData("0", 0, true)]
    [InlineData("", 0, false)]
    public void ACpuListHoldsItsRangesEnds(string list, int cpu, bool holds) => Assert.Equal(holds, CpuList.Contains(list, cpu));

    [Fact]
    public void ARunIsKnownByItsNameAndIsAlive()
    {
        Assert.True(RunId.TryParse(RunId.Ours.ToString(), out var run));

        Assert.Equal(RunId.Ours, run);
        Assert.True(run.IsAlive);
    }

    [Fact]
    public void AProcessThatHasTheNumberOfADeadRunIsNotTakenForIt()
    {
        Assert.False((RunId.Ours with { Started = RunId.Ours.Started - 1 }).IsAlive);
        Assert.False(RunId.TryParse("1234", out _));
        Assert.False(RunId.TryParse("1234.x", out _));
        Assert.False(RunId.TryParse("", out _));
    }

    [Fact]
    public void CpuTimeIsThatOfTheWholeTree()
    {
        // A shell whose child works; the shell itself only waits.
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "yes >/dev/null & read x; kill $!"]) { RedirectStandardInput = true })!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => CpuTime.OfTree(shell.Id) - CpuTime.Of(shell.Id) > 20_000_000, TimeSpan.FromSeconds(20)));
            Assert.Equal(2, CpuTime.Tree(shell.Id).Count);
        }
        finally
        {
            shell.StandardInput.WriteLine();
            shell.WaitForExit();
        }
    }

    [Fact]
    public void SenderAndReceiverAreTwoWhereThereAreTwo() => Assert.Equal(Core.Count > 1, Core.Sender != Core.Receiver);
}
