using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>TSO and GRO carry many packets as one; what is counted is what would be on a wire, once.</summary>
public sealed class WireTrueTests
{
    // Ethernet 14, IPv4 20, TCP with timestamps 32: before the payload of each segment.
    private const long HeaderLength = 66;

    [RootTheory]
    [InlineData("on", "1G")]
    [InlineData("off", "128M")] // then GRO makes the super-packets, at the host's interface
    public void AStreamAcrossABridgeIsOneConversationAsTheReceiverCountsIt(string tso, string amount)
    {
        using var bridge = BridgedHost.Create();
        bridge.Client.Execute($"ethtool -K eth0 tso {tso} gso {tso}");
        using var capture = RunningCapture.Start(bridge.Host);
        var before = KernelCounters.Read(bridge.Server);

        var payload = Iperf.Send(bridge.Client, bridge.Server, BridgedHost.ServerAddress, amount);

        var segments = KernelCounters.Read(bridge.Server).ReceivedSegments - before.ReceivedSegments;
        var stream = ExpectOneStream(capture, payload, segments);
        Assert.Equal(["toclient", "toserver"], Names(capture, stream.SentPath));
        Assert.Equal(["toserver", "toclient"], Names(capture, stream.ReceivedPath));
    }

    [RootFact]
    public void AStreamAcrossAVxlanOfThisHostIsOneConversationAsTheReceiverCountsIt()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var server = right;
        AddVxlan(host, "left", 1, 2);
        AddVxlan(server, "right", 2, 1);
        using var capture = RunningCapture.Start(host);
        var before = KernelCounters.Read(server);

        var payload = Iperf.Send(host, server, "10.8.8.2", "1G");

        // The receiver counts each packet twice: as it came, and what was inside.
        var segments = (KernelCounters.Read(server).ReceivedSegments - before.ReceivedSegments) / 2;
        var stream = ExpectOneStream(capture, payload, segments);
        Assert.Equal(["vxlan0", "left"], Names(capture, stream.SentPath));
        Assert.Equal(new TunnelId(TunnelKind.Vxlan, 42), stream.Tunnel.Id);
    }

    private static Conversation ExpectOneStream(RunningCapture capture, long payload, long segments)
    {
        var all = capture.Conversations().Where(conversation => conversation.Destination.Port == Iperf.Port).ToList();
        Assert.Equal(2, all.Count); // iperf3's own talk, and the stream
        var stream = Assert.Single(all, conversation => conversation.Sent.Bytes > (ulong)payload / 2);
        Assert.Equal(Initiator.Syn, stream.Initiator);
        var sent = all[0].Sent + all[1].Sent;
        Assert.InRange((double)sent.Packets / segments, 0.995, 1.005);
        Assert.InRange((double)sent.Bytes / (payload + (segments * HeaderLength)), 0.999, 1.001);
        return stream;
    }

    private static string[] Names(RunningCapture capture, InterfacePath path) =>
        capture.Ask(asked => Enumerable.Range(0, path.Count).Select(at => asked.InterfaceName(path[at].Interface)).ToArray());

    private static void AddVxlan(TestNamespace space, string device, int own, int other)
    {
        space.Ip($"link add vxlan0 type vxlan id 42 dstport 4789 local 10.9.9.{own} remote 10.9.9.{other} dev {device}");
        space.Ip($"addr add 10.8.8.{own}/24 dev vxlan0");
        space.Ip("link set vxlan0 up");
    }
}
