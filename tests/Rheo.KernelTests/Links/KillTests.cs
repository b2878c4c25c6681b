using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.KernelTests.Links;

/// <summary>What is left when the process is killed and can clean up nothing.</summary>
public sealed class KillTests
{
    private const string ShowQdiscs = "tc qdisc show";

    [RootFact(Kernel = "6.6")]
    public void EachLinkGoesWithItsKilledProcessAndTheFilterWithItsSuccessor()
    {
        using var space = TestNamespace.Create();
        var cgroup = Directory.CreateDirectory(Path.Combine(CgroupLink.FindRoot()!, $"rheo-links-kill-{Environment.ProcessId}"));
        var before = space.Execute(ShowQdiscs);
        try
        {
            var ids = Kill(space, cgroup.FullName);
            ExpectGone(ids);
            Assert.Null(space.Run(() => NetworkDevices.Find(1)!.Xdp));
            var left = Assert.Single(space.Run(() => TcHook.Query(1, TcDirection.Ingress)).Entries);
            Assert.Equal(TcMechanism.Filter, left.Mechanism);
            using var programs = CountedPrograms.Load("tc_second");
            using (var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_second"], 1, TcDirection.Ingress)))
            {
                Assert.Equal(1, filter.Reclaimed);
                Assert.Single(space.Run(() => TcHook.Query(1, TcDirection.Ingress)).Entries);
            }
            Assert.Equal(before, space.Execute(ShowQdiscs));
        }
        finally
        {
            cgroup.Delete();
        }
    }

    /// <summary>Lets a second process attach one of each kind, sees them all, and kills it.</summary>
    private static uint[] Kill(TestNamespace space, string cgroup)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[ChildRun.Order] = $"hold {space.Name} {cgroup}";
        using var child = Process.Start(start)!;
        var line = child.StandardOutput.ReadLine()!;
        try
        {
            var ids = line.Split(' ').Select(uint.Parse).ToArray();
            Assert.All(ids, id => Assert.NotNull(ProgramName.Find(id)));
            Assert.Equal(2, space.Run(() => TcHook.Query(1, TcDirection.Ingress)).Entries.Count);
            return ids;
        }
        catch (FormatException)
        {
            throw new InvalidOperationException($"the child could not attach: {line}");
        }
        finally
        {
            child.Kill(); // SIGKILL
            child.WaitForExit();
        }
    }

    /// <summary>Programs are freed after a grace period: the issue is that they go, within a second or two.</summary>
    private static void ExpectGone(uint[] ids)
    {
        var watch = Stopwatch.StartNew();
        while (ids.Any(id => ProgramName.Find(id) is not null))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
            Thread.Sleep(20);
        }
    }
}
