using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class TcTests
{
    [RootTheory(Kernel = "6.6")]
    [InlineData(TcDirection.Ingress)]
    [InlineData(TcDirection.Egress)]
    public void TcxProgramSeesPacketsUntilItsLinkIsDisposedOf(TcDirection direction)
    {
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        using (var programs = CountedPrograms.Load("tc_first"))
        {
            var link = left.Run(() => TcxLink.Attach(programs["tc_first"], left.Ifindex("left"), direction));
            left.Ping();
            Assert.True(link.IsAttached);
            Assert.NotEqual(0u, link.Id);
            Assert.InRange(programs.Hits(Hit.TcFirst), 3u, 100u);
            link.Dispose();
            var hits = programs.Hits(Hit.TcFirst);
            left.Ping();
            Assert.Equal(hits, programs.Hits(Hit.TcFirst));
        }
    }

    [RootFact(Kernel = "6.6")]
    public void FrontDoorTakesTcxHere()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        using var link = space.Run(() => TcLink.Attach(programs["tc_first"], 1, TcDirection.Egress));
        Assert.Equal(TcMechanism.Tcx, link.Mechanism);
        Assert.Equal(Support.Yes, Features.Tcx);
        space.Ping("127.0.0.1");
        Assert.NotEqual(0u, programs.Hits(Hit.TcFirst));
    }

    [RootFact(Kernel = "6.6")]
    public void HookTellsTheOrderAndTheRevision()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "tc_second", "tc_foreign");
        using var second = space.Run(() => TcxLink.Attach(programs["tc_second"], 1, TcDirection.Ingress));
        var before = space.Run(() => TcHook.Query(1, TcDirection.Ingress));
        using var last = space.Run(() => TcxLink.Attach(programs["tc_foreign"], 1, TcDirection.Ingress, TcxPosition.Tail));
        using var first = space.Run(() => TcxLink.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        using var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        var hook = space.Run(() => TcHook.Query(1, TcDirection.Ingress));
        Assert.Equal(["tc_first", "tc_second", "tc_foreign", filter.Name], hook.Entries.Select(entry => entry.Name));
        Assert.Equal([first.Id, second.Id, last.Id, 0u], hook.Entries.Select(entry => entry.LinkId));
        Assert.Equal(before.Revision + 2, hook.Revision);
        Assert.Equal([first.ProgramId, second.ProgramId], hook.Before(last.ProgramId).Select(entry => entry.ProgramId));
    }

    [RootFact(Kernel = "6.6")]
    public void AtTheHeadWeSeeWhatAForeignProgramHidesFromTheTail()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "tc_second", "tc_foreign");
        using var foreign = space.Run(() => TcxLink.Attach(programs["tc_foreign"], 1, TcDirection.Ingress));
        using var head = space.Run(() => TcxLink.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        using var tail = space.Run(() => TcxLink.Attach(programs["tc_second"], 1, TcDirection.Ingress, TcxPosition.Tail));
        space.Ping("127.0.0.1");
        Assert.NotEqual(0u, programs.Hits(Hit.TcFirst));
        Assert.Equal(programs.Hits(Hit.TcFirst), programs.Hits(Hit.TcForeign));
        Assert.Equal(0u, programs.Hits(Hit.TcSecond));
    }

    [RootFact(Kernel = "6.6")]
    public void ProgramIsReplacedInItsPlace()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "tc_second");
        using var link = space.Run(() => TcxLink.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        link.Update(programs["tc_second"]);
        space.Ping("127.0.0.1");
        Assert.Equal(0u, programs.Hits(Hit.TcFirst));
        Assert.NotEqual(0u, programs.Hits(Hit.TcSecond));
    }

    [RootFact(Kernel = "6.6")]
    public void LinkIsDetachedWhenItsInterfaceGoes()
    {
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        using (var programs = CountedPrograms.Load("tc_first"))
        using (var link = left.Run(() => TcxLink.Attach(programs["tc_first"], left.Ifindex("left"), TcDirection.Ingress)))
        {
            left.Ip("link del left");
            Assert.False(link.IsAttached);
        }
    }

    [RootFact(Kernel = "6.6")]
    public void RefusalsSayWhatIsWrong()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "xdp_count");
        var missing = Assert.Throws<BpfException>(() => space.Run(() => TcLink.Attach(programs["tc_first"], 4711, TcDirection.Ingress)));
        Assert.Contains("no such interface", missing.Message);
        Assert.Contains("ifindex 4711", missing.Message);
        var type = Assert.Throws<BpfException>(() => space.Run(() => TcLink.Attach(programs["xdp_count"], 1, TcDirection.Ingress)));
        Assert.Contains("SchedCls", type.Message);
    }
}
