using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rheo.Capture;
using Rheo.Sinks;

namespace Rheo.Agent;

/// <summary>
/// Follows packets through a running agent: what the interfaces counted between two moments against what the agent's metrics grew by, and probe packets
/// on the loopback to its API. The agent's scans and our readings cannot be at one moment, so each sum is held between two bounds.
/// </summary>
internal sealed class AgentExam(AgentPages pages)
{
    private const int Probes = 8;
    private const int Discard = 9;

    /// <summary>Super-packets carry their headers once for the interface, once a segment for us: at most so much more.</summary>
    private const double HeaderRoom = 1.3;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private readonly List<Finding> _findings = [];
    private readonly List<ChainStage> _chain = [];

    /// <summary>Examines it; there are no findings but one when no agent answers.</summary>
    public (IReadOnlyList<Finding> Findings, IReadOnlyList<ChainStage> Chain) Run()
    {
        try
        {
            if (pages.Get("/metrics") is { } text && new MetricsText(text).Has("rheo_build_info"))
                Examine(new MetricsText(text));
            else
                Say(Finding.Ok(FindingArea.Agent, "agent", $"no agent answers at {pages.Address}"));
        }
        catch (Exception trouble) when (trouble is IOException or SocketException)
        {
            Say(Finding.Unknown(FindingArea.Agent, "agent", $"the agent at {pages.Address} cannot be asked: {Text.Printable(trouble.Message)}", "look at its own messages: journalctl -u rheo"));
        }

        return (_findings, _chain);
    }

    private void Examine(MetricsText page)
    {
        Say(Finding.Ok(FindingArea.Agent, "agent", $"Rheo {page.Values("rheo_build_info", "version").FirstOrDefault()} answers at {pages.Address}"));
        var a = WireCounters.Read();
        if (pages.MetricsAfter(Now()) is not { } first)
        {
            Say(Finding.Fail(FindingArea.Agent, "agent.scan", $"the agent has not read the kernel's tables for {pages.ScanPatience.TotalSeconds:0} s", "curl " + pages.Address + "/healthz says why; systemctl restart rheo helps"));
            return;
        }

        var b = WireCounters.Read();
        var port = Probe();
        Thread.Sleep(Between);
        var c = WireCounters.Read();
        if (pages.MetricsAfter(Now()) is not { } last)
            return;
        var d = WireCounters.Read();
        Say(Finding.Ok(FindingArea.Agent, "agent.scan", "the agent reads the kernel's tables"));
        var (named, hooked) = (last.Values("rheo_flow_packets_total", "network_interface_name").ToList(), Neighbours.Watched());
        // One that was shadowed from the start has no series. Where there are too many for a series each, nobody can say what one of the others carried.
        foreach (var name in (named.Contains(InterfaceSeries.Other) ? named : named.Union(hooked)).Where(d.Interfaces.Contains))
            Compare(name, first, last, (a, b, c, d));
        Probed(named.Union(hooked).Contains("lo"), port);
        Books(last);
        Parts(last);
    }

    private void Parts(MetricsText page)
    {
        foreach (var part in page.Values("rheo_kernel_object_loaded", "object"))
        {
            if (page.Sum("rheo_kernel_object_loaded", $"object=\"{part}\"") == 0)
                Say(Finding.Warn(FindingArea.Agent, "agent.part", $"the agent runs without the {part} object", "its first messages say why: journalctl -u rheo"));
        }
    }

    private void Compare(string name, MetricsText first, MetricsText last, (WireCounters A, WireCounters B, WireCounters C, WireCounters D) wire)
    {
        foreach (var (egress, direction) in ((bool, string)[])[(false, "receive"), (true, "transmit")])
        {
            string[] labels = [$"network_interface_name=\"{name}\"", $"network_interface_direction=\"{direction}\""];
            // Of the loopback only ingress is watched: every packet that leaves by it comes in again.
            if (egress && last.Sum("rheo_flow_packets_total", labels) == 0)
                continue;
            var packets = (long)(last.Sum("rheo_flow_packets_total", labels) - first.Sum("rheo_flow_packets_total", labels));
            var bytes = (long)(last.Sum("network_flow_io_bytes_total", labels) - first.Sum("network_flow_io_bytes_total", labels));
            var least = wire.C.Packets(name, egress) - wire.B.Packets(name, egress);
            var most = (wire.D.Bytes(name, egress) - wire.A.Bytes(name, egress)) * HeaderRoom;
            Judge($"{name} {direction}", packets, bytes, least, most);
        }
    }

    private void Judge(string where, long packets, long bytes, long least, double mostBytes)
    {
        _chain.Add(new ChainStage(where, packets, null, string.Create(CultureInfo.InvariantCulture, $"on /metrics, within a second; the interface counted at least {least}")));
        if (packets < least - (least / 100))
        {
            Say(Finding.Fail(FindingArea.Agent, "agent.balance", $"{where}: the interface counted at least {least} packets, the agent {packets}",
                "see the findings on neighbours; where there are none, please report it"));
        }
        else if (bytes > mostBytes + 4096)
        {
            Say(Finding.Warn(FindingArea.Agent, "agent.balance", $"{where}: the agent counted {bytes} bytes, the interface at most {mostBytes / HeaderRoom:0}",
                "a queue that drops what it was given (tc -s qdisc) explains it; else please report it"));
        }
        else
        {
            Say(Finding.Ok(FindingArea.Agent, "agent.balance", $"{where}: {packets} packets, as the interface counted"));
        }
    }

    private void Probed(bool isWatched, int port)
    {
        if (!isWatched)
        {
            Say(Finding.Unknown(FindingArea.Agent, "agent.probe", "the agent does not watch lo, by which the doctor sends its probe packets", "nothing has to be done"));
            return;
        }

        var seen = ApiAnswer.PacketsOf(pages.Get($"/api/v1/flows?filter=udp+and+src+port+{port}+and+dst+port+{Discard}") ?? "{\"flows\":[]}");
        _chain.Add(new ChainStage("api", seen, Probes, "probe packets on the loopback, in /api/v1/flows"));
        Say(seen == Probes
            ? Finding.Ok(FindingArea.Agent, "agent.probe", $"{Probes} of {Probes} probe packets on the loopback are in the API")
            : Finding.Fail(FindingArea.Agent, "agent.probe", $"{seen} of {Probes} probe packets on the loopback are in the API", "see the findings on neighbours; where there are none, please report it"));
    }

    private void Books(MetricsText page)
    {
        var lost = page.Sum("rheo_lost_packets_total");
        Say(lost == 0
            ? Finding.Ok(FindingArea.Agent, "agent.lost", "the agent has lost nothing since its start")
            : Finding.Warn(FindingArea.Agent, "agent.lost", $"the agent has lost {lost:0} packets since its start; they are in its ledger",
                "give it more CPU, or a larger table: --table-entries"));
        var (interfaces, conversations) = (
            page.Sum("rheo_flow_packets_total") + page.Sum("rheo_flow_gone_packets_total"), page.Sum("rheo_conversation_packets_total"));
        _chain.Add(new ChainStage("interfaces", (long)interfaces, null, "on /metrics since its start, at each interface"));
        _chain.Add(new ChainStage("conversations", (long)conversations, null, "on /metrics since its start, each packet once"));
        if (conversations > interfaces)
            Say(Finding.Fail(FindingArea.Agent, "agent.books", "its conversations hold more packets than its interfaces carried", "please report it, with the output of rheo doctor -o json"));
        Table(page);
        if (page.Sum("rheo_interference") > 0)
            Say(Finding.Warn(FindingArea.Agent, "agent.interference", $"the agent says that others stand at {page.Sum("rheo_interference"):0} of its hooks", "see the findings on neighbours"));
    }

    // Each flow that took a slot is in it still, was handed over, or is in the ledger. Slots are read a moment after the ledger.
    private void Table(MetricsText page)
    {
        var inserted = page.Sum("rheo_flow_table_inserted_total");
        var left = page.Sum("rheo_flow_table_handed_over_total") + page.Sum("rheo_lost_records_total", "stage=\"flow_ring\"");
        var held = page.Sum("rheo_table_entries", "table=\"flow\"") + page.Sum("rheo_table_entries", "table=\"wide\"");
        var off = Math.Abs(inserted - left - held);
        _chain.Add(new ChainStage("slots", (long)held, null, $"flows in the kernel's tables; {inserted:0} came, {left:0} went"));
        Say(off <= 64 + (inserted / 100)
            ? Finding.Ok(FindingArea.Agent, "agent.table", $"{inserted:0} flows took a slot, {left:0} left it, {held:0} are in it")
            : Finding.Fail(FindingArea.Agent, "agent.table", $"{inserted:0} flows took a slot, {left:0} left it, and {held:0} are in it: {off:0} are missing",
                "please report it, with the output of rheo doctor -o json"));
    }

    private static int Probe()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        for (var probe = 0; probe < Probes; probe++)
            socket.SendTo("rheo doctor"u8, new IPEndPoint(IPAddress.Loopback, Discard));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    private void Say(Finding finding) => _findings.Add(finding);
}
