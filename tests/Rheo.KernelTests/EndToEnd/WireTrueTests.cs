using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>TSO and GRO carry many packets as one; what is counted is what would be on a wire, once.</summary>
public sealed class WireTrueTests
{
    private const long EthernetLength = 14;
    private const long HeaderLength = 20 + 32; // IPv4, TCP with timestamps: again in each segment
    private const long TunnelLength = 20 + 8 + 8 + EthernetLength; // IPv4, UDP, VXLAN

    [RootTheory]
    [InlineData("on", "1G")]
    [InlineData("off", "128M")] // then GRO makes the super-packets, at the host's interface
    public void AStreamAcrossABridgeIsOneConversationAsTheReceiverCountsIt(string tso, string amount)
    {
        using var bridge = BridgedHost.Create();
        bridge.Client.Execute($"ethtool -K eth0 tso {tso} gso {tso}");
        using var capture = RunningCapture.Start(bridge.Host);
        var before = KernelCounters.Read(bridge.Server);

        Iperf.Send(bridge.Client, bridge.Server, BridgedHost.ServerAddress, amount);

        var after = KernelCounters.Read(bridge.Server);
        var octets = after.ReceivedBytes - before.ReceivedBytes;
        var stream = ExpectOneStream(capture, after.Received - before.Received, octets, after.ReceivedSegments - before.ReceivedSegments);
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

        Iperf.Send(host, server, "10.8.8.2", "1G");

        // The receiver counts each packet twice: as it came, and what was inside.
        var after = KernelCounters.Read(server);
        var received = (after.Received - before.Received) / 2;
        var octets = (after.ReceivedBytes - before.ReceivedBytes - (received * TunnelLength)) / 2;
        var stream = ExpectOneStream(capture, received, octets, (after.ReceivedSegments - before.ReceivedSegments) / 2);
        Assert.Equal(["vxlan0", "left"], Names(capture, stream.SentPath));
        Assert.Equal(new TunnelId(TunnelKind.Vxlan, 42), stream.Tunnel.Id);
    }

    /// <param name="capture">Who is judged.</param>
    /// <param name="received">Packets that the receiver's IP layer got, super-packets as one each.</param>
    /// <param name="octets">Their bytes from the IP header on.</param>
    /// <param name="segments">Packets that it got as they were on the wire.</param>
    private static Conversation ExpectOneStream(RunningCapture capture, long received, long octets, long segments)
    {
        var all = capture.Conversations().Where(conversation => conversation.Destination.Port == Iperf.Port).ToList();
        Assert.Equal(2, all.Count); // iperf3's own talk, and the stream
        var stream = Assert.Single(all, conversation => conversation.Sent.Bytes > (ulong)octets / 2);
        Assert.Equal(Initiator.Syn, stream.Initiator);
        var sent = all[0].Sent + all[1].Sent;
        var bytesOnWire = octets + ((segments - received) * HeaderLength) + (segments * EthernetLength);
        Assert.InRange((double)sent.Packets / segments, 0.995, 1.005);
        Assert.InRange((double)sent.Bytes / bytesOnWire, 0.999, 1.001);
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
