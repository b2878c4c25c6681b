using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Links;

/// <summary>The way into traffic control on kernels without tcx; it works, and is tested, on those with it too.</summary>
public sealed class ClsBpfTests
{
    private const string ShowQdiscs = "tc qdisc show";
    private const string ShowFilters = "tc filter show dev lo ingress";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    [RootTheory]
    [InlineData(TcDirection.Ingress)]
    [InlineData(TcDirection.Egress)]
    public void FilterSeesPacketsAndLeavesNothingBehind(TcDirection direction)
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        var before = space.Execute(ShowQdiscs);
        using (var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, direction)))
        {
            space.Ping("127.0.0.1");
            Assert.InRange(programs.Hits(Hit.TcFirst), 3u, 100u);
            Assert.True(filter.IsAttached);
            Assert.True(filter.MadeQdisc);
            Assert.Contains("clsact", space.Execute(ShowQdiscs));
        }
        Assert.Equal(before, space.Execute(ShowQdiscs));
    }

    [RootFact]
    public void AFilterIsTakenOverInItsPlaceAndItsFormerOwnerDoesNotTakeItAway()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "tc_second");
        var before = space.Execute(ShowQdiscs);
        var former = space.Run(() => TcLink.AttachFilter(programs["tc_first"], 1, TcDirection.Ingress));
        using (var heir = space.Run(() => TcLink.TakeOver(former.State)))
        {
            heir.Update(programs["tc_second"]);
            space.Ping("127.0.0.1");
            Assert.Equal(0UL, programs.Hits(Hit.TcFirst));
            Assert.InRange(programs.Hits(Hit.TcSecond), 3u, 100u);
            Assert.True(heir.IsAttached);
            Assert.Single(space.Run(() => TcHook.Query(1, TcDirection.Ingress)).Entries);
            former.Dispose();
            Assert.True(heir.IsAttached);
        }

        Assert.Equal(before, space.Execute(ShowQdiscs));
    }

    // As the audit does, on a thread of its own, while interfaces come and go.
    [RootFact]
    public void AFilterMayBeAskedForWhileItIsTakenAway()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        for (var round = 0; round < 50; round++)
        {
            var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress));
            var hasFailed = false;
            var asks = new Thread(() => hasFailed = !CanBeAsked(filter)) { IsBackground = true };
            var ends = new Thread(filter.Dispose) { IsBackground = true };
            asks.Start();
            ends.Start();
            Assert.True(asks.Join(s_patience) && ends.Join(s_patience), "one waits for an answer that the other has taken");
            Assert.False(hasFailed);
        }

        Assert.DoesNotContain("clsact", space.Execute(ShowQdiscs));

        static bool CanBeAsked(ClsBpfFilter filter)
        {
            try
            {
                while (filter.IsAttached)
                    Thread.Yield();
                return true;
            }
            catch (Exception failure) when (failure is BpfException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    [RootFact]
    public void QdiscOfSomebodyElseStays()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        space.Execute("tc qdisc add dev lo clsact");
        var before = space.Execute(ShowQdiscs);
        using (var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress)))
            Assert.False(filter.MadeQdisc);
        Assert.Equal(before, space.Execute(ShowQdiscs));
    }

    [RootFact]
    public void QdiscOfOursStaysWhileSomebodyElseUsesIt()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        using (space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress)))
            space.Execute("tc filter add dev lo egress u32 match ip dport 1 0xffff");
        Assert.Contains("clsact", space.Execute(ShowQdiscs));
        Assert.Contains("u32", space.Execute("tc filter show dev lo egress"));
        Assert.Empty(space.Execute(ShowFilters));
    }

    [RootFact]
    public void LastOfTwoFiltersTakesTheQdiscAway()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "tc_second");
        var ingress = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        var egress = space.Run(() => ClsBpfFilter.Attach(programs["tc_second"], 1, TcDirection.Egress));
        ingress.Dispose();
        Assert.Contains("clsact", space.Execute(ShowQdiscs));
        egress.Dispose();
        Assert.DoesNotContain("clsact", space.Execute(ShowQdiscs));
    }

    [RootFact]
    public void ForeignFiltersAreUntouchedBeforeAndAfterOurs()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        space.Execute("tc qdisc add dev lo clsact");
        space.Execute("tc filter add dev lo ingress prio 1 protocol ip u32 match ip dport 1 0xffff");
        space.Execute("tc filter add dev lo ingress prio 9 protocol ip u32 match ip dport 1 0xffff");
        var before = space.Execute(ShowFilters);
        using (var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress)))
        {
            Assert.Equal(2, filter.Priority);
            var hook = space.Run(() => TcHook.Query(1, TcDirection.Ingress));
            Assert.Equal([(ushort)1, 2, 9], hook.Entries.Select(entry => entry.Priority).Distinct());
            space.Ping("127.0.0.1");
            Assert.NotEqual(0u, programs.Hits(Hit.TcFirst));
        }
        Assert.Equal(before, space.Execute(ShowFilters));
    }

    [RootFact]
    public void ForeignProgramOfTheSamePriorityRunsOnBehindOurs()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first", "tc_foreign");
        var other = new ClsBpfOptions { Owner = "other", Handle = 1 };
        using var foreign = space.Run(() => ClsBpfFilter.Attach(programs["tc_foreign"], 1, TcDirection.Ingress, other));
        var before = space.Execute(ShowFilters);
        using (var ours = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress)))
        {
            Assert.Equal(foreign.Priority, ours.Priority);
            Assert.False(ours.MadeQdisc);
            space.Ping("127.0.0.1");
            Assert.NotEqual(0u, programs.Hits(Hit.TcFirst));
            Assert.Equal(programs.Hits(Hit.TcFirst), programs.Hits(Hit.TcForeign));
        }
        Assert.Equal(before, space.Execute(ShowFilters));
        Assert.True(foreign.IsAttached);
    }

    [RootFact]
    public void TwoLiveInstancesRunSideBySide()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        using var one = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        using var two = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        Assert.Equal(0, two.Reclaimed);
        Assert.NotEqual(one.FilterHandle, two.FilterHandle);
        Assert.True(one.IsAttached && two.IsAttached);
    }

    [RootFact]
    public void DeletedFilterIsNoticed()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        using var filter = space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress));
        space.Execute("tc qdisc del dev lo clsact");
        Assert.False(filter.IsAttached);
    }

    [RootFact]
    public void OldIngressQdiscIsNamedWhenItIsInTheWay()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("tc_first");
        space.Execute("tc qdisc add dev lo ingress");
        using (space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Ingress)))
            space.Ping("127.0.0.1");
        Assert.NotEqual(0u, programs.Hits(Hit.TcFirst));
        var refused = Assert.Throws<BpfException>(() => space.Run(() => ClsBpfFilter.Attach(programs["tc_first"], 1, TcDirection.Egress)));
        Assert.Contains("ingress", refused.Message);
        Assert.Contains("qdisc ingress", space.Execute(ShowQdiscs));
    }
}
