using Xunit;

namespace Rheo.Tests.Capture;

/// <summary>What a process uses.</summary>
public sealed class ProcessUseTests
{
    private const int NoProcess = 1 << 22; // the kernel's PID_MAX_LIMIT

    private static readonly TimeSpan Some = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void CpuTimeGrowsAlsoWhenAThreadThatUsedMuchOfItEnds()
    {
        using var mayEnd = new ManualResetEventSlim();
        using var hasBurnt = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            Burn(4 * Some);
            hasBurnt.Set();
            mayEnd.Wait();
        });
        thread.Start();
        hasBurnt.Wait();
        var (before, judgeBefore) = (ProcessUse.CpuSecondsOf(Environment.ProcessId), Environment.CpuUsage.TotalTime);

        mayEnd.Set();
        thread.Join();
        Burn(Some);

        var used = ProcessUse.CpuSecondsOf(Environment.ProcessId) - before;
        var judge = (Environment.CpuUsage.TotalTime - judgeBefore).TotalSeconds;
        Assert.InRange(used, judge - 0.05, judge + 0.05);
    }

    [Fact]
    public void AProcessThatIsNotThereUsesNothing() => Assert.Equal(0, ProcessUse.CpuSecondsOf(NoProcess));

    // CPU time of the process, which this thread is a part of.
    private static void Burn(TimeSpan time)
    {
        var until = Environment.CpuUsage.TotalTime + time;
        while (Environment.CpuUsage.TotalTime < until)
        {
        }
    }
}
