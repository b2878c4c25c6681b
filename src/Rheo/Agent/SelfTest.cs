using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Rheo.Capture;
using Rheo.Model;
using Rheo.Sinks;

namespace Rheo.Agent;

/// <summary>
/// Probe packets through a capture of our own, in a private network: the programs load and attach, each hook counts, and what the wire carried
/// arrives in the conversations, in /metrics and in the API.
/// </summary>
internal static class SelfTest
{
    private const int Probes = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Runs it. Cost: half a second, most of it the verifier's.</summary>
    public static (IReadOnlyList<Finding> Findings, IReadOnlyList<ChainStage> Chain) Run()
    {
        try
        {
            return ProbeNetwork.Run(Run);
        }
        catch (MissingSupportException missing)
        {
            return ([Finding.Unknown(FindingArea.SelfTest, "self_test", "no probe packet could be sent: " + Text.Printable(missing.Message), "run the doctor as root")], []);
        }
    }

    private static (IReadOnlyList<Finding>, IReadOnlyList<ChainStage>) Run(ProbeNetwork network)
    {
        using var source = FlowCaptureSource.Open(new TrafficSourceOptions { ScanInterval = TimeSpan.FromMilliseconds(50) });
        for (var watch = Stopwatch.StartNew(); source.IsAttaching && watch.Elapsed < Patience;)
            source.Poll(TimeSpan.Zero);
        var before = ProbeNetwork.Points.ToDictionary(point => point, point => network.Counted(point.Interface, point.Egress));
        network.Send(Probes);
        for (var watch = Stopwatch.StartNew(); Seen(source, network) < Probes * ProbeNetwork.Points.Count && watch.Elapsed < Patience;)
            source.Poll(TimeSpan.FromMilliseconds(20));
        for (var scan = 0; scan < 3; scan++)
            source.Scan();
        var wire = ProbeNetwork.Points.Sum(point => network.Counted(point.Interface, point.Egress) - before[point]);
        var chain = Chain(source, network, wire);
        return ([.. Hooks(source, network), Balance(chain)], chain);
    }

    private static IEnumerable<Finding> Hooks(FlowCaptureSource source, ProbeNetwork network)
    {
        foreach (var point in ProbeNetwork.Points)
        {
            var (where, seen) = ($"{point.Interface} {(point.Egress ? "egress" : "ingress")}", At(source, network, point));
            var how = source.Attached.FirstOrDefault(line => line.StartsWith(point.Interface + " ", StringComparison.Ordinal)) ?? "not attached";
            yield return seen >= Probes
                ? Finding.Ok(FindingArea.SelfTest, "self_test.hook", $"{where}: {Probes} of {Probes} probe packets counted, by {how}")
                : Finding.Fail(FindingArea.SelfTest, "self_test.hook", $"{where}: {seen} of {Probes} probe packets counted, by {how}",
                    "please report it, with the output of rheo doctor -o json");
        }
    }

    private static Finding Balance(IReadOnlyList<ChainStage> chain)
    {
        var wrong = chain.Where(stage => !stage.IsBalanced).Select(stage => $"{stage.Stage} has {stage.Packets}, expected {stage.Expected}").ToList();
        return wrong.Count == 0
            ? Finding.Ok(FindingArea.SelfTest, "self_test.balance", "every probe packet is in the tables, the conversations, /metrics and the API, and nowhere twice")
            : Finding.Fail(FindingArea.SelfTest, "self_test.balance", "the chain does not balance: " + string.Join("; ", wrong),
                "please report it, with the output of rheo doctor -o json");
    }

    private static List<ChainStage> Chain(FlowCaptureSource source, ProbeNetwork network, long wire)
    {
        var lost = (long)source.Ledger.LostPackets;
        var seen = Seen(source, network);
        var conversations = (long)source.Conversations.Total.Traffic.Packets;
        var page = Page(source);
        // A packet on the cable passes two points and is counted once; one on the loopback passes one.
        var once = seen - At(source, network, ProbeNetwork.Points[2]) - At(source, network, ProbeNetwork.Points[4]);
        return
        [
            new("wire", wire, null, "counted by the interfaces themselves, at each point"),
            new("tables", seen, wire - lost, "read from the kernel's tables and the flow ring"),
            new("lost", lost, 0, "in the ledger, at any stage"),
            new("conversations", conversations, once, "each packet once, however many points it passes"),
            new("metrics_interfaces", (long)page.Sum("rheo_flow_packets_total"), seen, "on /metrics, by interface"),
            new("metrics_conversations", (long)page.Sum("rheo_conversation_packets_total"), conversations, "on /metrics, each once"),
            new("api", InApi(source), conversations, "in /api/v1/flows"),
        ];
    }

    private static long Seen(FlowCaptureSource source, ProbeNetwork network) => ProbeNetwork.Points.Sum(point => At(source, network, point));

    private static long At(FlowCaptureSource source, ProbeNetwork network, (string Interface, bool Egress) point)
    {
        var at = new ObservationPoint(network.IndexOf(point.Interface), point.Egress);
        return Enumerable.Range(0, InterfaceTotals.Classes).Sum(kind => (long)source.Interfaces.At(at, (TrafficClass)kind).Packets);
    }

    private static MetricsText Page(FlowCaptureSource source)
    {
        using var page = new MemoryStream();
        new PrometheusMetrics().Write(page, new SnapshotTaker(source, new EndCounts()).Take(), openMetrics: false, CancellationToken.None).GetAwaiter().GetResult();
        return new MetricsText(Encoding.UTF8.GetString(page.ToArray()));
    }

    private static long InApi(FlowCaptureSource source)
    {
        var flows = new Conversation[64];
        var found = source.Conversations.Top(flows, ConversationOrder.Packets, FlowFilter.All);
        using var answer = new MemoryStream();
        var pipe = PipeWriter.Create(answer, new StreamPipeWriterOptions(leaveOpen: true));
        new FlowListJson(new InterfaceNames(source.InterfaceName))
            .Write(pipe, source.ScannedNs, source.Conversations.Count, source.Ledger, flows.AsMemory(0, found), CancellationToken.None).GetAwaiter().GetResult();
        pipe.Complete();
        return ApiAnswer.PacketsOf(Encoding.UTF8.GetString(answer.ToArray()));
    }
}
