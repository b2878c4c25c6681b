using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Interfaces come and go, and not all of them are Ethernet.</summary>
public sealed class InterfaceTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    [RootFact]
    public void ANewInterfaceIsWatchedWithin100Ms()
    {
        using var space = TestNamespace.Create();
        using var capture = RunningCapture.Start(space);
        var shortest = TimeSpan.MaxValue;

        // Other work on the machine may delay one, it will not delay all.
        for (var turn = 0; turn < 5 && shortest > TimeSpan.FromMilliseconds(100); turn++)
        {
            space.Ip($"link add new{turn} type veth peer name peer{turn}");
            var watch = Stopwatch.StartNew();
            var index = space.Ifindex($"new{turn}");
            Await(() => LinkIds(space, index).Count == 2);
            shortest = watch.Elapsed < shortest ? watch.Elapsed : shortest;
        }

        Assert.InRange(shortest, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [RootFact]
    public void AnAgentWaitsForThoseThatAPatternMeans()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "-i", "new*");
        Assert.Contains("watching no interface yet", agent.Errors, StringComparison.Ordinal);

        space.Ip("link add new0 type veth peer name peer0");

        var index = space.Ifindex("new0");
        Await(() => LinkIds(space, index).Count == 2);
        Assert.Equal(2, LinkIds(space, index).Count);
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void AnInterfaceThatGoesIsLetGoWithItsLinksAndItsCountsAreKept()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var capture = RunningCapture.Start(host);
        var links = LinkIds(host, host.Ifindex("left"));
        Assert.Equal(2, links.Count);
        Assert.Subset(KernelLinks(), links);
        other.Ping("10.9.9.1", 5);

        host.Ip("link del left");

        Await(() => capture.Attached.All(line => !line.StartsWith("left ", StringComparison.Ordinal)));
        Await(() => !KernelLinks().Overlaps(links));
        Assert.Equal(5UL, capture.AskSettled(asked => asked.Totals.Retired(false, TrafficClass.Icmp)).Packets);
        Assert.Equal(5UL, capture.AskSettled(asked => asked.Totals.Retired(true, TrafficClass.Icmp)).Packets);
    }

    [RootFact]
    public void AnExchangeOverTheLoopbackIsCountedOnce()
    {
        using var space = TestNamespace.Create();
        using var capture = RunningCapture.Start(space);
        space.Run(() => Exchange(10, 5));

        var conversation = Assert.Single(capture.Conversations());
        Assert.Equal((10UL, 5UL), (conversation.Sent.Packets, conversation.Received.Packets));
        var lo = space.Run(() => NetworkDevices.Find(1)!.Counters);
        Assert.Equal(15UL, lo.ReceivedPackets);
        // The loopback takes its Ethernet header off before it counts; as on every interface, we count it (tcpdump -e shows it, too).
        Assert.Equal(new Traffic(lo.ReceivedPackets, lo.ReceivedBytes + (15 * 14)), capture.Total(1, egress: false));
        Assert.Equal(default, capture.Total(1, egress: true));
    }

    [RootFact]
    public void ATunDeviceWithoutLinkLayerIsCountedWithTheRightKeys()
    {
        using var space = TestNamespace.Create();
        using var tun = TapDevice.Open(space, "tun0", TapDevice.Tun);
        space.Ip("addr add 10.6.6.1/24 dev tun0");
        space.Ip("link set tun0 up");
        using var capture = RunningCapture.Start(space, "tun0");

        tun.Write(Frame.Bare().Ip4("10.6.6.2", "10.6.6.1").Udp(1111, 2222).Payload(100).Build());
        tun.Write(Frame.Bare().Ip6("fd66::2", "fd66::1").Tcp(3333, 4444, Packets.TcpFlags.Syn).Build());
        space.Run(() => Send("10.6.6.2", 1111, 2222));

        var all = capture.Conversations();
        var udp = Assert.Single(all, one => one.Protocol == Transport.Udp);
        Assert.Equal(("10.6.6.2:1111", "10.6.6.1:2222"), (udp.Source.ToString(), udp.Destination.ToString()));
        Assert.Equal((new Traffic(1, 128), new Traffic(1, 29)), (udp.Sent, udp.Received));
        var tcp = Assert.Single(all, one => one.Network == NetworkType.IPv6);
        Assert.Equal(("[fd66::2]:3333", "[fd66::1]:4444"), (tcp.Source.ToString(), tcp.Destination.ToString()));
        Assert.Equal(TcpWireState.SynSent, tcp.TcpState);
    }

    [RootTheory]
    [InlineData("on", 0)] // GRO pulls what it looks at into the linear part
    [InlineData("off", 2)] // only the Ethernet header is linear
    public void HeadersOutsideTheLinearPartOfAPacketAreReadAllTheSame(string gro, int copied)
    {
        using var space = TestNamespace.Create();
        using var tap = TapDevice.Open(space, "tap0", TapDevice.TapInPieces);
        space.Execute($"ethtool -K tap0 gro {gro}");
        space.Ip("link set tap0 up");
        using var capture = RunningCapture.Start(space, "tap0");

        tap.Write(Frame.Ethernet().Ip4("10.6.6.2", "10.6.6.1").Udp(1111, 2222).Payload(100).Build(), 14, 34);
        tap.Write(Frame.Ethernet().Ip6("fd66::2", "fd66::1").Udp(3333, 4444).Payload(100).Build(), 14, 54);

        Await(() => capture.Conversations().Count == 2);
        var keys = capture.Conversations().Select(one => $"{one.Source} {one.Destination} {one.Sent.Bytes}").Order();
        Assert.Equal(["10.6.6.2:1111 10.6.6.1:2222 142", "[fd66::2]:3333 [fd66::1]:4444 162"], keys);
        Assert.InRange(capture.Ask(asked => asked.Ledger.CopiedPackets), (ulong)copied, 2UL);
    }

    private static void Exchange(int there, int back)
    {
        using var one = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var two = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (var turn = 0; turn < there; turn++)
            one.Send([1], (IPEndPoint)two.Client.LocalEndPoint!);
        for (var turn = 0; turn < back; turn++)
            two.Send([2], (IPEndPoint)one.Client.LocalEndPoint!);
    }

    private static void Send(string address, int port, int from)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Any, from));
        socket.Send([1], new IPEndPoint(IPAddress.Parse(address), port));
    }

    private static HashSet<uint> LinkIds(TestNamespace space, int device) => space.Run(() =>
        new[] { TcDirection.Ingress, TcDirection.Egress }
            .SelectMany(direction => TcHook.Query(device, direction).Entries).Select(entry => entry.LinkId).ToHashSet());

    /// <summary>All links of the machine, as bpftool lists them.</summary>
    private static HashSet<uint> KernelLinks()
    {
        using var links = JsonDocument.Parse(Shell.Run("bpftool", "-j", "link"));
        return [.. links.RootElement.EnumerateArray().Select(link => link.GetProperty("id").GetUInt32())];
    }

    private static void Await(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo() && watch.Elapsed < s_patience)
            Thread.Sleep(2);
        Assert.True(isSo());
    }
}
