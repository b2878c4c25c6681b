using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>
/// An agent that may stay on: what comes without end leaves nothing behind. The short forms of the bench's scenarios <c>soak</c>,
/// <c>cardinality</c> and <c>churn</c>; how fast and how steep is measured there.
/// </summary>
public sealed class EnduranceTests
{
    private const ulong WarmUp = 300_000;
    private const ulong Packets = 1_000_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [RootFact(Kernel = "5.18")]
    public void NewFlowsWithoutEndCostNoDescriptorNoRecordNoSeriesAndBoundedMemory()
    {
        using var wire = FloodedWire.Create();
        using var agent = RheoProcess.StartAgent(wire.Space, "-i", FloodedWire.Device);
        wire.SendUntil(WarmUp, () => AwaitScan(agent));
        agent.AwaitMetrics(page => page.Series > 0); // what the first request makes
        var (descriptors, memory) = (agent.Descriptors(), agent.ResidentOfAllKilobytes());

        wire.SendUntil(Packets, () => AwaitScan(agent));

        var counters = wire.Settled();
        var page = agent.AwaitMetrics(page => page.Sum("rheo_flow_packets_total", "receive") + page.Sum("rheo_lost_packets_total") == counters.ReceivedPackets);
        Assert.Equal(counters.ReceivedPackets, page.Sum("rheo_flow_packets_total", "receive"));
        Assert.Equal(counters.ReceivedPackets, page.Sum("rheo_conversation_packets_total"));
        Assert.Equal((0UL, 0UL), (page.Sum("rheo_lost_packets_total"), page.Sum("rheo_lost_records_total")));
        Assert.InRange(page.Sum("rheo_conversations_opened_total"), (ulong)FloodedWire.Flows, ulong.MaxValue);
        Assert.InRange(page.Series, 1, 10_000);
        Assert.InRange(page.Length, 1, 2_000_000);
        agent.AwaitDescriptors(descriptors);
        Assert.InRange(agent.ResidentOfAllKilobytes() - memory, long.MinValue, 64 * 1024);
    }

    [RootFact]
    public void InterfacesThatComeAndGoLeaveNoDescriptorAndNoLink()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space);
        ComeAndGo(space, 5); // what is made once is made now
        var descriptors = agent.Descriptors();

        ComeAndGo(space, 60);

        agent.AwaitDescriptors(descriptors); // the warden closes the last ones after the kernel has let go
        Assert.DoesNotContain("is not watched", agent.Errors, StringComparison.Ordinal);
    }

    private static void ComeAndGo(TestNamespace space, int times)
    {
        var before = Hooked(space);
        for (var turn = 0; turn < times; turn++)
            space.Ip($"link add come{turn} up type veth peer name go{turn}");
        AwaitHooked(space, before + (2 * times));
        for (var turn = 0; turn < times; turn++)
            space.Ip($"link del come{turn}");
        AwaitHooked(space, before);
    }

    private static void AwaitHooked(TestNamespace space, int wanted)
    {
        for (var watch = Stopwatch.StartNew(); Hooked(space) != wanted && watch.Elapsed < s_patience;)
            Thread.Sleep(20);
        Assert.Equal(wanted, Hooked(space));
    }

    // Interfaces with a program of ours.
    private static int Hooked(TestNamespace space) =>
        space.Run(() => NetworkDevices.List().Count(device => TcHook.Query(device.Index, TcDirection.Ingress).Entries.Count > 0));

    // 2 x 16,384 new flows, and the agent has read them: a machine that is busy with other tests slows the packets down, too.
    private static void AwaitScan(RheoProcess agent)
    {
        var before = agent.AwaitMetrics(_ => true).Sum("rheo_scans_total");
        agent.AwaitMetrics(page => page.Sum("rheo_scans_total") > before);
    }
}
