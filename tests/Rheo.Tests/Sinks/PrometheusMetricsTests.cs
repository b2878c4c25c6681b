using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;
using Rheo.Packets;
using Rheo.Sinks;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class PrometheusMetricsTests
{
    private readonly PrometheusMetrics _metrics = new()
    {
        Processes = () => [new ProcessUse("core", 7, 1.5, 30 << 20, 1_790_000_000), new ProcessUse("warden", 6, 0.25, 8 << 20, 1_790_000_000)],
        Http = () => new HttpUse([new HttpRequests("/metrics", 200, 9), new HttpRequests("other", 404, 1)], 2, 3),
    };

    [Fact]
    public async Task NamesLabelsAndHelpReadAsPublished()
    {
        var lines = (await Page(Snapshot() with { Owners = Owners(Owner("nginx", "3f4a0c5d9e1b", 1, 700)) })).Split('\n').Where(line => Regex.IsMatch(line, "rheo_|network_") && !line.Contains("build_info{"));

        Golden.Check("metrics.txt", string.Join('\n', lines));
    }

    [Fact]
    public async Task PromtoolFindsNothingToSay()
    {
        var page = Path.GetTempFileName();
        File.WriteAllText(page, await Page(Snapshot()));
        try
        {
            Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool (Debian's prometheus) is not installed");
            var (code, output) = Repository.Run("/bin/sh", "-c", $"promtool check metrics < {page}");
            Assert.Equal("", output);
            Assert.Equal(0, code);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Fact]
    public async Task TheRttHistogramHasTheModelsCountsAndSum()
    {
        var counts = new ulong[RttHistogram.BoundsSeconds.Length + 1];
        (counts[0], counts[3], counts[^1]) = (3, 5, 2);
        await Page(Snapshot() with { RttCounts = counts, RttSumSeconds = 25.0041 });
        (counts[3], counts[10]) = (6, 1);

        var page = await Page(Snapshot() with { RttCounts = [.. counts], RttSumSeconds = 25.2049 });

        Assert.Equal(3, Value(page, "rheo_tcp_handshake_rtt_seconds_bucket{le=\"0.0001\"}"));
        Assert.Equal(3, Value(page, "rheo_tcp_handshake_rtt_seconds_bucket{le=\"0.0005\"}"));
        Assert.Equal(9, Value(page, "rheo_tcp_handshake_rtt_seconds_bucket{le=\"0.001\"}"));
        Assert.Equal(10, Value(page, "rheo_tcp_handshake_rtt_seconds_bucket{le=\"10\"}"));
        Assert.Equal(12, Value(page, "rheo_tcp_handshake_rtt_seconds_count"));
        Assert.Equal(25.2049, Value(page, "rheo_tcp_handshake_rtt_seconds_sum"), 6);
    }

    [Fact]
    public async Task InterfacesBeyond64AreExactlyInOther()
    {
        var rows = Enumerable.Range(1, 100).Select(index => Row(index, 10)).ToArray();

        var page = await Page(Snapshot() with { Interfaces = rows });

        Assert.Equal(64, Lines(page).Count(line => line.Contains("name=\"if", StringComparison.Ordinal)));
        Assert.Equal(36 * 10, Value(page, Series("other")));
        Assert.Equal(1000, Lines(page).Sum(line => Number(line)));
    }

    [Fact]
    public async Task SumsStayExactAndNoSeriesFallsWhenInterfacesGo()
    {
        var rows = Enumerable.Range(1, 70).Select(index => Row(index, 10)).ToArray();
        await Page(Snapshot() with { Interfaces = rows });

        // if1 had a series of its own, if70 was in "other"; both counted 5 more before they went.
        var left = rows.Where(row => row.Index is not (1 or 70)).ToArray();
        var page = await Page(Snapshot() with { Interfaces = left, Gone = [Row(0, 30) with { Name = "" }] });

        Assert.DoesNotContain(Series("if1") + " ", page, StringComparison.Ordinal);
        Assert.Equal(60, Value(page, Series("other")));
        Assert.Equal(20, Value(page, "rheo_flow_gone_bytes_total{network_interface_direction=\"transmit\",network_transport=\"tcp\"}"));
        Assert.Equal(68 * 10 + 30, Lines(page).Sum(Number) + 20);
    }

    [Fact]
    public async Task AnInterfaceOfTheOthersStaysAmongThemWhenThereIsRoomAgain()
    {
        var rows = Enumerable.Range(1, 70).Select(index => Row(index, 10)).ToArray();
        await Page(Snapshot() with { Interfaces = rows });

        // if1 makes room, and if70 carries something of another kind for the first time.
        InterfaceTraffic[] later = [.. rows.Skip(1), Row(70, 3) with { Class = TrafficClass.Udp }];
        for (var round = 0; round < 2; round++)
        {
            var page = await Page(Snapshot() with { TimeNs = 1_790_000_001_000_000_000 + round, Interfaces = later, Gone = [Row(0, 10) with { Name = "" }] });

            Assert.Equal((69 * 10) + 3, Lines(page).Sum(Number));
            Assert.DoesNotContain("\"if70\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnInterfaceThatIsRenamedIsShownByItsPresentName()
    {
        await Page(Snapshot() with { Interfaces = [Row(1, 10) with { Name = "eth0" }] });

        var page = await Page(Snapshot() with { Interfaces = [Row(1, 12) with { Name = "lan0" }, Row(2, 1) with { Name = "eth0" }] });

        Assert.Equal(12, Value(page, Series("lan0")));
        Assert.Equal(1, Value(page, Series("eth0")));
        Assert.DoesNotContain(Series("other") + " ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnersHaveTheSumsOfTheModelAndTheOthersTheRest()
    {
        var page = await Page(Snapshot() with { Owners = Owners(Owner("nginx", "3f4a", 1, 700), Owner("other", "", 2, 50), Owner("curl", "", 3, 5)) });

        Assert.Equal(700, Value(page, Sent("nginx", "3f4a")));
        Assert.Equal(5, Value(page, Sent("curl", "")));
        Assert.Equal(30, Value(page, Sent("other", "")));
        Assert.Equal(50, Value(page, Sent(@"\\other", ""))); // who calls itself so is not one of them
        Assert.Equal(20, Value(page, "rheo_owner_gone_bytes_total{direction=\"transmit\"}"));
        Assert.Equal(22, Value(page, "rheo_unattributed_bytes_total{direction=\"transmit\"}"));
        Assert.Equal(11, Value(page, "rheo_attributed_late_bytes_total{direction=\"transmit\"}"));
        Assert.Equal(4, Value(page, "rheo_unattributed_conversations"));
    }

    [Fact]
    public async Task AnOwnerThatWasLetGoHasNoSeriesAndOneThatComesBackBeginsAnew()
    {
        await Page(Snapshot() with { Owners = Owners(Owner("nginx", "", 1, 700), Owner("curl", "", 2, 5)) });

        var page = await Page(Snapshot() with { Owners = Owners(Owner("nginx", "", 9, 10)) });

        Assert.Equal(10, Value(page, Sent("nginx", "")));
        Assert.DoesNotContain("process=\"curl\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAnybodyWhoTellsOwnersThereIsNoNumberOfThem()
    {
        var page = await Page(Snapshot());

        Assert.DoesNotContain(page.Split('\n'), line => Regex.IsMatch(line, "^rheo_(owner_|unattributed_bytes|unattributed_packets)"));
    }

    [Fact]
    public async Task WhateverProcessesCallThemselvesThePageStaysAPage()
    {
        var texts = HostileText.All.Distinct().ToArray();
        for (var from = 0; from < texts.Length; from += 500)
        {
            var owners = texts.Skip(from).Take(500).Select((text, at) => Owner(text, text, from + at + 1, 1)).ToArray();
            var page = await Page(Snapshot() with { Owners = Owners(owners) });
            var series = page.Split('\n').Where(line => line.StartsWith("rheo_owner_bytes_total{", StringComparison.Ordinal)).ToArray();

            Assert.All(series, line => Assert.Matches(@"^rheo_owner_bytes_total\{process=""([^""\\]|\\.)*"",container=""([^""\\]|\\.)*"",direction=""(transmit|receive)""\} \d+$", line));
            Assert.Equal(owners.Length + 30, series.Where(line => line.Contains("transmit", StringComparison.Ordinal)).Sum(Number));
        }
    }

    [Fact]
    public async Task ListenersThatShareAnAddressAreOneSeriesHoweverMany()
    {
        var shared = Enumerable.Range(1, 100).Select(cookie => Queue((ulong)cookie, 443, 2)).ToArray();
        var single = Enumerable.Range(1, 70).Select(port => Queue((ulong)(1000 + port), (ushort)port, 1)).ToArray();
        var sums = new ConnectionTable(new ConnectionTableOptions()).Sums() with { Queues = [.. shared, .. single] };

        var page = await Page(Snapshot() with { Connections = sums });

        Assert.Equal(200, Value(page, "rheo_listen_drops{address=\"10.0.0.2\",port=\"443\",netns=\"1\"}"));
        Assert.Equal(1, Value(page, "rheo_listen_drops{address=\"10.0.0.2\",port=\"63\",netns=\"1\"}"));
        Assert.Equal(7, Value(page, "rheo_listen_drops{address=\"other\",port=\"other\",netns=\"other\"}"));
    }

    [Fact]
    public async Task AListenerThatLetSomebodyGoIsNeverNewsOfTheSum()
    {
        ListenQueue[] Some(int first, uint drops) => [.. Enumerable.Range(first, 64).Select(port => Queue((ulong)port, (ushort)port, drops))];
        var none = new ConnectionTable(new ConnectionTableOptions()).Sums();
        var before = await Page(Snapshot() with { Connections = none with { Queues = [.. Some(1000, 1), .. Some(2000, 0)] } });

        var page = await Page(Snapshot() with { Connections = none with { Queues = [.. Some(1000, 1), .. Some(2000, 5)] } });

        Assert.Equal(0, Value(before, "rheo_listen_drops{address=\"other\",port=\"other\",netns=\"other\"}"));
        Assert.Equal(1, Value(page, "rheo_listen_drops{address=\"10.0.0.2\",port=\"1063\",netns=\"1\"}"));
        Assert.Equal(64 * 5, Value(page, "rheo_listen_drops{address=\"other\",port=\"other\",netns=\"other\"}"));
        var one = await Page(Snapshot() with { Connections = none with { Queues = [.. Some(1000, 1)[1..], .. Some(2000, 5)] } });
        Assert.Equal(63 * 5, Value(one, "rheo_listen_drops{address=\"other\",port=\"other\",netns=\"other\"}"));
    }

    [Fact]
    public async Task ASeriesOfAListenerThatComesLaterBeginsWithWhatWasKnownOfItBefore()
    {
        ListenQueue[] some = [.. Enumerable.Range(1000, 64).Select(port => Queue((ulong)port, (ushort)port, 0))];
        var none = new ConnectionTable(new ConnectionTableOptions()).Sums();
        await Page(Snapshot() with { Connections = none with { Queues = [.. some, Queue(1, 3000, 0)] } });
        var late = Snapshot() with { Connections = none with { Queues = [.. some, Queue(1, 3000, 500), Queue(2, 4000, 9)] } };

        // Prometheus counts from the first value of a series on.
        var first = await Page(late);
        var second = await Page(late with { TimeNs = late.TimeNs + 1 });

        Assert.Equal((0, 500), (Value(first, Drops(3000)), Value(second, Drops(3000))));
        Assert.Equal((0, 9), (Value(first, Drops(4000)), Value(second, Drops(4000))));

        static string Drops(int port) => $"rheo_listen_drops{{address=\"10.0.0.2\",port=\"{port}\",netns=\"1\"}}";
    }

    [Fact]
    public async Task OfAPartThatIsGoneNoGaugeStandsStill()
    {
        var sums = new ConnectionTable(new ConnectionTableOptions()).Sums() with { Queues = [Queue(1, 80, 2)], Live = 5 };
        var before = await Page(Snapshot() with { Connections = sums });
        Assert.Equal(5, Value(before, "rheo_tcp_connections"));

        var page = await Page(Snapshot() with { Connections = null, Sockets = null });

        Assert.DoesNotContain(page.Split('\n'), line => Regex.IsMatch(line, "^rheo_(tcp_connections|listen_|sockets[{]|unattributed_sockets|socket_processes|last_socket)"));
        Assert.Contains("\nrheo_tcp_opened_total ", page, StringComparison.Ordinal); // what was counted stays
        Assert.Equal(2, Value(await Page(Snapshot() with { Connections = sums }), "rheo_listen_drops{address=\"10.0.0.2\",port=\"80\",netns=\"1\"}"));
    }

    private static ListenQueue Queue(ulong cookie, ushort port, uint drops) => new()
    {
        Cookie = cookie, Namespace = 1, Local = new(Address.Parse("10.0.0.2"), port), TimeNs = 1, Length = 0, Limit = 8, HalfOpen = 0, Drops = drops, SynAckRetransmits = 0,
    };

    [Fact]
    public async Task AnInterfaceThatComesBackUnderItsNameBeginsAnew()
    {
        await Page(Snapshot() with { Interfaces = [Row(1, 1000) with { Name = "veth0" }] });

        var page = await Page(Snapshot() with { Interfaces = [Row(9, 10) with { Name = "veth0" }], Gone = [Row(0, 1000)] });

        Assert.Equal(10, Value(page, Series("veth0")));
    }

    [Fact]
    public async Task ARoleWhoseProcessWasStartedAgainCountsOn()
    {
        var process = new ProcessUse("core", 7, 1.5, 0, 0);
        var metrics = new PrometheusMetrics { Processes = () => [process] };
        await Page(Snapshot(), metrics);
        process = new ProcessUse("core", 8, 0.25, 0, 0);

        Assert.Equal(1.75, Value(await Page(Snapshot(), metrics), "rheo_process_cpu_seconds_total{role=\"core\"}"));
        process = process with { CpuSeconds = 0.5 };
        Assert.Equal(2, Value(await Page(Snapshot(), metrics), "rheo_process_cpu_seconds_total{role=\"core\"}"));
    }

    [Fact]
    public async Task HostileInterfaceNamesAreEscaped()
    {
        var page = await Page(Snapshot() with { Interfaces = [Row(1, 1) with { Name = "a\"\n\e" }] });

        Assert.Contains("name=\"a\\\"\\\\x0a\\\\x1b\"", page, StringComparison.Ordinal);
    }

    private static TrafficSnapshot Snapshot() => new()
    {
        TimeNs = 1_790_000_000_500_000_000,
        Live = 12,
        Total = new ConversationTotals(34, new Traffic(5_000, 600_000)),
        Ended = [0, 10, 2, 8, 1, 1, 0],
        TcpFlags = new TcpFlagTotals(20, 19, 38, 1),
        Handshakes = 19,
        HandshakesRetransmitted = 1,
        RttCounts = new ulong[RttHistogram.BoundsSeconds.Length + 1],
        RttSumSeconds = 0,
        Interfaces =
        [
            Row(1, 10) with { Name = "eth0" },
            Row(2, 7) with { Name = "lo", Egress = false, Class = TrafficClass.UnparsedHeader },
        ],
        Gone = [],
        Ledger = new Ledger { FlowsInserted = 40, Losses = [new StageLoss("flow_ring", 3, 300, 1), new StageLoss("tcp_ring", 0, 0, 0)] },
        Parts = [new PartState("drop", IsLoaded: true)],
        Drops = new([new("NO_SOCKET", "__udp4_lib_rcv", 2, 1, 0x800, null, 7, 700, 0), new("TCP_RESET", "tcp_rcv_state_process", 2, 1, 0x800, null, 3, 120, 0)], [], default),
        Sockets = new SocketHealth { Counts = new(30, 12, 1, 9, 2, 4, 0, 0), Records = 500, LostRecords = 3, Walks = 6, WalkSeconds = 0.012, LastWalkSeconds = 0.002 },
        Health = new CaptureHealth
        {
            Tables = [new Fill("flow", 40, 32_768), new Fill("conversations", 12, 131_072)],
            Rings = [new Fill("flow_ring", 80, 4 << 20)],
            WakeUps = 80,
            Scans = 20,
            ScanSeconds = 0.002,
            LastScanSeconds = 0.0001,
            Interference = InterferenceState.None with { Present = [new Interference("eth0", InterferenceKind.Xdp, "")], Noticed = [2, 0, 0, 1, 0], Reattached = 2 },
            Sample = new ProgramSample
            {
                Programs = [new ProgramRuns("flow_ingress_l2", 3_000, 300_000), new ProgramRuns("flow_egress_l2", 0, 0)],
                Last = [new ProgramRuns("flow_ingress_l2", 1_000, 50_000), new ProgramRuns("flow_egress_l2", 0, 0)],
                Seconds = 3.5,
                Permitted = true,
            },
        },
    };

    private static OwnerSums Owners(params OwnerTraffic[] named) => new()
    {
        IsKnown = true,
        Named = named,
        Other = new EndTraffic(new Traffic(3, 30), default),
        Gone = new EndTraffic(new Traffic(2, 20), default),
        Unattributed = new EndTraffic(new Traffic(2, 22), default),
        AttributedLate = new EndTraffic(new Traffic(1, 11), default),
        UnattributedConversations = 4,
    };

    private static OwnerTraffic Owner(string process, string container, long serial, ulong bytes) =>
        new(process, container, serial, new EndTraffic(new Traffic(1, bytes), default));

    private static string Sent(string process, string container) =>
        $"rheo_owner_bytes_total{{process=\"{process}\",container=\"{container}\",direction=\"transmit\"}}";

    private static InterfaceTraffic Row(int index, ulong bytes) =>
        new(index, $"if{index}", Egress: true, TrafficClass.Tcp, new Traffic(1, bytes));

    private static string Series(string name) => "network_flow_io_bytes_total{"
        + $"network_interface_name=\"{name}\",network_interface_direction=\"transmit\",network_transport=\"tcp\"" + "}";

    private static IEnumerable<string> Lines(string page) =>
        page.Split('\n').Where(line => line.StartsWith("network_flow_io_bytes_total{", StringComparison.Ordinal));

    private static double Number(string line) => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);

    private static double Value(string page, string series) =>
        Number(Assert.Single(page.Split('\n'), line => line.StartsWith(series + " ", StringComparison.Ordinal)));

    private Task<string> Page(TrafficSnapshot snapshot) => Page(snapshot, _metrics);

    private static async Task<string> Page(TrafficSnapshot snapshot, PrometheusMetrics metrics)
    {
        var stream = new MemoryStream();
        await metrics.Write(stream, snapshot, openMetrics: false, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
