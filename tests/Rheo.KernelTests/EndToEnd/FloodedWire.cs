using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.KernelTests.Links;
using Rheo.Packets;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>
/// A veth pair in a namespace of its own. An XDP program run on live frames sends UDP packets of many flows in at one end; the
/// other end, <see cref="Device"/>, receives them and nothing else.
/// </summary>
internal sealed class FloodedWire : IDisposable
{
    internal const string Device = "far";
    internal const int FlowsOfAVersion = 100_000;

    // The ring of a veth holds 256 frames, and a batch leaves the CPU to the receiver.
    private const int BatchFrames = 64;

    /// <summary>16,384 frames from each thread: even if each pushes a flow out, the flow ring (4 MiB) holds the 80 or 144 bytes of each.</summary>
    private const int Chunk = 16_384;

    private const int Loopback = 1;

    private static readonly byte[] s_ip4Frame = Frame.Ethernet().Ip4("10.77.0.1", "10.77.0.2").Udp(1, 1).Payload(18).Build();
    private static readonly byte[] s_ip6Frame = Frame.Ethernet().Ip6("fd77::1", "fd77::2").Udp(1, 1).Payload(18).Build();

    private readonly FramesBpf _ip4;
    private readonly FramesBpf _ip6;
    private readonly XdpLink[] _anchors;

    private FloodedWire(TestNamespace space)
    {
        Space = space;
        space.Ip("link add near type veth peer name far");
        space.Ip("link add anchor type veth peer name anchored");
        space.Ip("link set near up");
        space.Ip("link set far up");
        space.Execute("ethtool -K far gro on"); // NAPI, and with it ndo_xdp_xmit
        Index = space.Ifindex(Device);
        var near = (uint)space.Ifindex("near");
        (_ip4, _ip6) = (Load(near), Load(near));
        // A program that is attached somewhere need not enter the kernel's XDP dispatcher, some 20 ms, for each run.
        _anchors = space.Run<XdpLink[]>(() =>
        [
            XdpLink.Attach(_ip4.Programs.SendFrame, Loopback, XdpMode.Generic),
            XdpLink.Attach(_ip6.Programs.SendFrame, space.Ifindex("anchor"), XdpMode.Generic),
        ]);
    }

    /// <summary>Flows that the frames belong to: half of them IPv4, half IPv6.</summary>
    internal static int Flows => 2 * FlowsOfAVersion;

    internal TestNamespace Space { get; }

    internal int Index { get; }

    /// <summary>The interface's own counters.</summary>
    internal DeviceCounters Counters => Space.Run(() => NetworkDevices.Find(Index)!.Counters);

    internal static FloodedWire Create()
    {
        var space = TestNamespace.Create();
        try
        {
            return new FloodedWire(space);
        }
        catch
        {
            space.Dispose();
            throw;
        }
    }

    /// <summary>Sends from two threads until the far end has received so many packets in all.</summary>
    internal void SendUntil(ulong received, Action? afterChunk = null)
    {
        for (var missing = Missing(received); missing > 0; missing = Missing(received))
        {
            var half = (missing / 2) + 1;
            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                () => Send(_ip4, s_ip4Frame, half, afterChunk),
                () => Send(_ip6, s_ip6Frame, half, afterChunk));
        }
    }

    /// <summary>The counters once nothing more arrives.</summary>
    internal DeviceCounters Settled()
    {
        for (var before = Counters; ; before = Counters)
        {
            Thread.Sleep(50);
            if (Counters == before)
                return before;
        }
    }

    public void Dispose()
    {
        foreach (var anchor in _anchors)
            anchor.Dispose();
        _ip4.Dispose();
        _ip6.Dispose();
        Space.Dispose();
    }

    private static FramesBpf Load(uint target)
    {
        var bpf = FramesBpf.Open();
        bpf.Rodata.TargetIfindex = target;
        bpf.Rodata.FlowCount = FlowsOfAVersion;
        bpf.Load();
        return bpf;
    }

    private long Missing(ulong received) => (long)received - (long)Settled().ReceivedPackets;

    private void Send(FramesBpf bpf, byte[] frame, long frames, Action? afterChunk) => Space.Run(() =>
    {
        for (; frames > 0; frames -= Chunk)
        {
            bpf.Programs.SendFrame.TestRun(new TestRun
            {
                Data = frame, Repeat = (int)Math.Min(frames, Chunk), LiveFrames = true, BatchSize = BatchFrames,
            });
            afterChunk?.Invoke();
        }
    });
}
