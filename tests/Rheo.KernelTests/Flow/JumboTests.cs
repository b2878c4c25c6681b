using System.Buffers.Binary;
using Rheo.Bpf;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>Super-packets of more than 64 KiB over IPv6 ("BIG TCP") carry a header of the kernel's own that no wire ever sees.</summary>
public sealed class JumboTests : IDisposable
{
    private const int Segments = 50, SegmentSize = 1440;
    private const int Headers = 14 + 40 + 20, Jumbo = 8, Payload = 100; // what a test run takes; the sizes say the rest

    private readonly FlowProbe _probe = Environment.IsPrivilegedProcess ? FlowProbe.Load() : null!;

    public void Dispose() => _probe?.Dispose();

    [RootFact]
    public void TheKernelsOwnHeaderIsNotCounted()
    {
        var counted = See(SuperPacket());

        Assert.Equal(Expect.Tcp("2001:db8::1", 40000, "2001:db8::2", 80, TcpFlags.Ack), counted.Flow);
        Assert.Equal((ulong)Segments, counted.Packets);
        Assert.Equal((ulong)((Segments * Headers) + Payload), counted.Bytes);
    }

    [RootFact]
    public void OtherOptionsAreInEachSegment()
    {
        var counted = See(Frame.Ethernet().Ip6("2001:db8::1", "2001:db8::2").HopByHop(Ip6Options.RouterAlert).Tcp(40000, 80).Payload(Payload).Build());

        Assert.Equal((ulong)((Segments * (Headers + Jumbo)) + Payload), counted.Bytes);
    }

    [RootFact]
    public void AJumbogramIsCountedAsItIs()
    {
        var frame = SuperPacket();

        Assert.Equal((ulong)frame.Length, _probe.See(_probe.IngressL2, frame).Bytes);
    }

    private static byte[] SuperPacket()
    {
        var frame = Frame.Ethernet().Ip6("2001:db8::1", "2001:db8::2").HopByHop(Ip6Options.Jumbo(Jumbo + 20 + Payload)).Tcp(40000, 80).Payload(Payload).Build();
        frame.AsSpan(18, 2).Clear(); // the payload's length, which the option has
        return frame;
    }

    private Counted See(byte[] frame)
    {
        var context = new byte[192]; // struct __sk_buff
        BinaryPrimitives.WriteInt32LittleEndian(context.AsSpan(164), Segments);
        BinaryPrimitives.WriteInt32LittleEndian(context.AsSpan(176), SegmentSize);
        return _probe.See(frame, bytes => _probe.IngressL2.TestRun(new TestRun { Data = bytes, Context = context }));
    }
}
