using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class TracingTests
{
    [RootFact]
    public void BtfTracepointFiresUntilItsLinkIsDisposedOf()
    {
        using var programs = CountedPrograms.Load("tp_btf_count");
        ExpectPackets(programs, Hit.TpBtf, () => TracingLink.Attach(programs["tp_btf_count"]));
    }

    [RootFact]
    public void RawTracepointFiresUntilItsLinkIsDisposedOf()
    {
        using var programs = CountedPrograms.Load("raw_count");
        ExpectPackets(programs, Hit.RawTracepoint, () => RawTracepointLink.Attach(programs["raw_count"], "netif_receive_skb"));
    }

    [RootFact]
    public void TracepointFiresUntilItsLinkIsDisposedOf()
    {
        using var mount = new TracefsMount();
        using var programs = CountedPrograms.Load("tracepoint_count");
        ExpectPackets(programs, Hit.Tracepoint, () => TracepointLink.Attach(programs["tracepoint_count"], "net", "netif_receive_skb"));
    }

    [RootFact]
    public void UnknownTracepointsAreNamed()
    {
        using var mount = new TracefsMount();
        using var programs = CountedPrograms.Load("raw_count", "tracepoint_count");
        var raw = Assert.Throws<BpfException>(() => RawTracepointLink.Attach(programs["raw_count"], "no_such_thing"));
        Assert.Contains("no such tracepoint", raw.Message);
        var stable = Assert.Throws<BpfException>(() => TracepointLink.Attach(programs["tracepoint_count"], "net", "no_such_thing"));
        Assert.Contains("no such tracepoint", stable.Message);
        Assert.Throws<ArgumentException>(() => TracepointLink.Attach(programs["tracepoint_count"], "../net", "netif_receive_skb"));
    }

    private static void ExpectPackets(CountedPrograms programs, Hit hit, Func<BpfLink> attach)
    {
        using var space = TestNamespace.Create();
        var link = attach();
        // Before 5.15 a perf event is no link.
        Assert.Equal(hit != Hit.Tracepoint || Features.PerfEventLink == Support.Yes, link.Id != 0 && link.ProgramId != 0);
        space.Ping("127.0.0.1");
        Assert.InRange(programs.Hits(hit), 6u, ulong.MaxValue);
        link.Dispose();
        Thread.Sleep(500);
        var hits = programs.Hits(hit);
        space.Ping("127.0.0.1");
        Assert.Equal(hits, programs.Hits(hit));
    }
}
