using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rheo.Bpf;
using Rheo.KernelTests.EndToEnd;
using Rheo.KernelTests.Links;
using Rheo.KernelTests.Owners;
using Xunit;

namespace Rheo.KernelTests.Drops;

/// <summary>Packets dropped on purpose, each in its own way: named rightly, at the right place, and counted to the packet.</summary>
public sealed class DropTests
{
    private const string Left = "10.9.9.1", Right = "10.9.9.2";
    private const int Sent = 500;

    [RootFact(Kernel = "5.17")]
    public void AFirewallsDropsAreCountedToThePacketWithTheirFlow()
    {
        using var wire = DroppingWire.Create();
        wire.Right.Execute("nft add table inet rheo");
        wire.Right.Execute("nft add chain inet rheo input { type filter hook input priority 0 ; }");
        wire.Right.Execute("nft add rule inet rheo input udp dport 9999 drop");

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 9999), Sent));

        Assert.Equal(Sent, wire.Lost("NETFILTER_DROP"));
        var flow = Assert.Single(wire.Flows("NETFILTER_DROP")).Flow!.Value;
        Assert.Equal((Left, Right, 9999, 17), (flow.Source.Address.ToString(), flow.Destination.Address.ToString(), flow.Destination.Port, flow.Protocol));
    }

    [RootFact(Kernel = "5.17")]
    public void WhatASocketsFullBufferRefusesIsCountedAndHasItsProcess()
    {
        using var wire = DroppingWire.Create();
        var received = wire.Right.Run(() =>
        {
            using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 2048 };
            slow.Bind(new IPEndPoint(IPAddress.Parse(Right), 8888));
            wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 8888), Sent, size: 1000));
            return Datagrams.CountWaiting(slow);
        });

        Assert.InRange(received, 1, Sent - 1);
        Assert.Equal(Sent - received, wire.Lost("SOCKET_RCVBUFF"));
        Assert.Equal(Environment.ProcessId, Assert.Single(wire.Flows("SOCKET_RCVBUFF")).Owner?.Pid);
    }

    [RootFact(Kernel = "5.17")]
    public void PacketsForNobodyAreNamedSo()
    {
        using var wire = DroppingWire.Create();

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 7777), Sent));

        Assert.Equal(Sent, wire.Lost("NO_SOCKET"));
    }

    [RootFact(Kernel = "5.17")]
    public void APacketOfSeveralFragmentsIsOnePacketAtOnePlace()
    {
        using var wire = DroppingWire.Create();

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 7777), 100, size: 4000));

        var row = Assert.Single(wire.Losses());
        Assert.Equal(("NO_SOCKET", 100UL), (row.Reason, row.Packets));
    }

    [RootFact(Kernel = "5.17")]
    public void WhenThereWasADropLastIsKnownToTheJiffy()
    {
        using var wire = DroppingWire.Create();
        for (var turn = 0; turn < 3; turn++)
        {
            Thread.Sleep(50);
            var before = DateTimeOffset.UtcNow;
            wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 7777), 5));
            var after = DateTimeOffset.UtcNow;

            var row = Assert.Single(wire.Losses(), row => row.Reason == "NO_SOCKET");
            Assert.InRange(DateTimeOffset.UnixEpoch.AddTicks(row.LastSeenNs / 100), before.AddMilliseconds(-11), after.AddMilliseconds(1));
        }
    }

    [RootFact(Kernel = "5.17")]
    public void ADamagedChecksumIsNamed()
    {
        using var wire = DroppingWire.Create();
        wire.Left.Execute("ethtool -K left tx off");

        wire.Left.Run(() => Datagrams.SendRaw(Datagrams.Frame(Left, Right, 5353, checksum: 0xbad0), Right, Sent));

        Assert.Equal(Sent, wire.Lost("UDP_CSUM"));
    }

    [RootFact(Kernel = "5.17")]
    public void ASourceThatWouldBeAnsweredElsewhereIsNamed()
    {
        using var wire = DroppingWire.Create();
        wire.Right.Sysctl("net/ipv4/conf/all/rp_filter", "1");
        wire.Right.Sysctl("net/ipv4/conf/right/rp_filter", "1");

        wire.Left.Run(() => Datagrams.SendRaw(Datagrams.Frame("10.77.0.1", Right, 5353), Right, Sent));

        Assert.Equal(Sent, wire.Lost("IP_RPFILTER"));
    }

    [RootFact(Kernel = "5.17")]
    public void ARouterWithoutARouteIsNamed()
    {
        using var wire = DroppingWire.Create();
        wire.Right.Sysctl("net/ipv4/ip_forward", "1");
        wire.Left.Ip($"route add 203.0.113.0/24 via {Right}");

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse("203.0.113.9"), 53), Sent));

        Assert.Equal(Sent, wire.Lost("IP_INNOROUTES"));
    }

    [RootFact(Kernel = "5.17")]
    public void AShapersFullQueueIsCountedAsTheShaperCountsIt()
    {
        using var wire = DroppingWire.Create();
        wire.Left.Execute("tc qdisc add dev left root tbf rate 8kbit burst 1540 limit 3000");

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 9999), Sent, size: 1000));

        var dropped = TbfDrops(wire.Left.Execute("tc -s -j qdisc show dev left"));
        Assert.InRange(dropped, Sent / 2, Sent);
        Assert.Equal(dropped, wire.Lost("QDISC_DROP", wire.Left) + wire.Lost("QDISC_OVERLIMIT", wire.Left));
    }

    [RootTheory]
    [InlineData(XdpMode.Generic)]
    [InlineData(XdpMode.Native)]
    public void AnXdpProgramsDropsOfPacketsThatAreSkbsAreNamed(XdpMode mode)
    {
        using var wire = DroppingWire.Create();
        using var packets = PacketsBpf.Open();
        packets.Load();
        using var link = wire.Right.Run(() => XdpLink.Attach(packets.Programs.Judge, wire.Right.Ifindex("right"), mode));

        wire.Left.Run(() => Datagrams.SendRaw(Datagrams.Frame(Left, Right, 9999), Right, Sent));

        Assert.True(wire.Lost("XDP") == Sent, string.Join("; ", wire.Losses()));
    }

    [RootFact(Kernel = "5.17")]
    public void WhatAListenersFullQueueRefusesIsCountedAsTheKernelCountsItAndHasItsProcess()
    {
        using var wire = DroppingWire.Create();
        wire.Right.Run(() =>
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Parse(Right), 8080));
            listener.Listen(2);
            wire.Left.Run(() => Datagrams.Knock(new IPEndPoint(IPAddress.Parse(Right), 8080), 20));
            var refused = ListenDrops(wire.Right.Execute("nstat -asz TcpExtListenDrops"));
            Assert.InRange(refused, 10, 100);

            var rows = wire.Read();
            var row = Assert.Single(rows.Flows, row => row.Owner?.Pid == Environment.ProcessId);
            Assert.Equal(("TCP_LISTEN_OVERFLOW", 8080), (row.Reason, row.Flow!.Value.Destination.Port));
            Assert.Equal(refused, wire.Lost("TCP_LISTEN_OVERFLOW"));
        });
    }

    [RootFact(Kernel = "5.17")]
    public void SoIsThatOfAListenerThatSpeaksMultipathTcp()
    {
        Assert.SkipUnless(File.Exists("/proc/sys/net/mptcp/enabled"), "a kernel without Multipath TCP");
        using var wire = DroppingWire.Create();
        using var listener = Actor.StartIn(wire.Right.Name, "listening_by_mptcp", Right, "8080", "2");
        wire.Left.Run(() => Datagrams.Knock(new IPEndPoint(IPAddress.Parse(Right), listener.Port), 20));
        var refused = ListenDrops(wire.Right.Execute("nstat -asz TcpExtListenDrops"));
        Assert.InRange(refused, 10, 100);

        var row = Assert.Single(wire.Read().Flows, row => row.Owner?.Name == "python3" && row.Reason == "TCP_LISTEN_OVERFLOW");
        Assert.Equal(8080, row.Flow!.Value.Destination.Port);
        Assert.Equal(refused, wire.Lost("TCP_LISTEN_OVERFLOW"));
        using var conns = RheoProcess.Start(wire.Right, "conns", "--listening", "--duration", "100ms", "--agent", "never", "-o", "json", $"host {Right} and port 8080");
        Assert.True(conns.WaitForExit() == 0, conns.Errors);
        var process = JsonDocument.Parse(conns.Output).RootElement.GetProperty("local").GetProperty("process");
        Assert.Equal("python3", process.GetProperty("name").GetString());
    }

    [RootFact(Kernel = "5.17")]
    public void SinglePacketsAreToldAsExamplesEverMoreRarely()
    {
        using var wire = DroppingWire.Create();

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 7777), Sent));

        var examples = wire.Read().Examples.Where(example => example.Packet.Flow?.Destination.Port == 7777).ToList();
        Assert.InRange(examples.Count, 9, 2 * 9); // 1, 2, 4 … 256, on each CPU
        Assert.All(examples, example => Assert.Equal(("NO_SOCKET", "right"), (example.Packet.Reason, example.Packet.Device)));
    }

    [RootFact(Kernel = "5.17")]
    public void PlacesAreNamedByTheKernelItselfWithoutItsSymbols()
    {
        using var wire = DroppingWire.Create();

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 7777), Sent));

        var place = Assert.Single(wire.Losses(), row => row.Reason == "NO_SOCKET");
        Assert.StartsWith("__udp4_lib_rcv", place.Place, StringComparison.Ordinal);
    }

    [RootFact(Kernel = "5.17")]
    public void AConnectionThatEndsInOrderLosesNothing()
    {
        using var wire = DroppingWire.Create();
        wire.Right.Run(() =>
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Parse(Right), 8080));
            listener.Listen(8);
            wire.Left.Run(() => Datagrams.Knock(new IPEndPoint(IPAddress.Parse(Right), 8080), 4));
        });

        Assert.Empty(wire.Losses());
    }

    [RootFact(Kernel = "5.17")]
    public void AHundredThousandDropsInASecondAreAllCounted()
    {
        const int Many = 100_000;
        using var wire = DroppingWire.Create();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        wire.Left.Run(() => Datagrams.SendRaw(Datagrams.Frame("10.9.9.1", Right, 7777), Right, Many));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Many / watch.Elapsed.TotalSeconds:0} drops a second");

        // Answers (ICMP) are rate-limited; the packets are not.
        Assert.Equal(Many, wire.Lost("NO_SOCKET"));
        Assert.Equal(0UL, wire.Read().Ledger.OtherPackets);
    }

    [RootFact(Kernel = "5.19")]
    public void FramesForAnotherHostAreCountedAtTheirPlaceAndBelongToNoFlow()
    {
        using var wire = DroppingWire.Create();
        wire.Left.Ip($"neigh replace {Right} lladdr 02:00:00:00:00:99 dev left");

        wire.Left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse(Right), 7777), Sent));

        Assert.Equal(Sent, wire.Lost("OTHERHOST"));
        Assert.Empty(wire.Flows("OTHERHOST"));
        Assert.Contains(wire.Read().Examples, example => example.Packet is { Reason: "OTHERHOST", Flow.Destination.Port: 7777 });
    }

    [RootFact(Kernel = "5.17")]
    public void AFlowThatLosesAgainAndAgainIsExactThroughAFloodOfOthersAndWhatTheseLeaveIsCounted()
    {
        const int Flood = 50_000, Every = 10;
        using var wire = DroppingWire.Create();
        var frames = Enumerable.Range(0, Flood).Select(number => Datagrams.Frame($"10.10.{number >> 8}.{number & 255}", Right, (ushort)(8000 + (number % 7))));

        wire.Left.Run(() => Datagrams.SendRaw(WithOneAmong(frames, Datagrams.Frame(Left, Right, 7777), Every), Right));

        Assert.Equal(Flood + (Flood / Every), wire.Lost("NO_SOCKET"));
        var flows = wire.Flows("NO_SOCKET");
        Assert.Equal(Flood / Every, flows.Where(flow => flow.Flow!.Value.Destination.Port == 7777).Sum(flow => (long)flow.Packets));
        var lost = wire.Lost("NO_SOCKET") - flows.Sum(flow => (long)flow.Packets);
        Assert.InRange(lost, Flood / 2, (long)wire.Read().Ledger.LostFlows); // others drop packets here, too
    }

    private static IEnumerable<byte[]> WithOneAmong(IEnumerable<byte[]> frames, byte[] one, int every) =>
        frames.Chunk(every).SelectMany(chunk => chunk.Append(one));

    // "TcpExtListenDrops               18                 0.0", below a heading.
    private static long ListenDrops(string text) => long.Parse(
        text.Split('\n').First(line => line.StartsWith("TcpExtListenDrops", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private static long TbfDrops(string json) =>
        System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray()
            .First(qdisc => qdisc.GetProperty("kind").GetString() == "tbf").GetProperty("drops").GetInt64();
}
