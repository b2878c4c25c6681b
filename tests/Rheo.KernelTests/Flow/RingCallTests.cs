using System.Buffers.Binary;
using Rheo.Bpf;
using Rheo.Capture;
using Rheo.KernelTests.EndToEnd;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>The ring of flows that lost their slot calls its reader before it is full, whichever CPUs fill it.</summary>
public sealed class RingCallTests : IDisposable
{
    private const int Flows = 24_000; // of 80 bytes each: a CPU puts somewhat less than half of the ring there

    private readonly FlowProbe _probe = Environment.IsPrivilegedProcess ? FlowProbe.Load() : null!;

    public void Dispose() => _probe?.Dispose();

    [RootFact]
    public void TwoCpusOfWhichNoneFillsHalfOfItHaveTheReaderCalled()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "there are no two");
        using var ring = _probe.Flow.Maps.OpenFlowRing();

        Flood(cpu: 0);
        Assert.InRange(ring.AvailableBytes, 1, ring.CapacityBytes / 2);
        Assert.Equal(0UL, _probe.Sum(ledger => ledger.RingWakeups));
        Flood(cpu: 1);

        Assert.InRange(ring.AvailableBytes, (ring.CapacityBytes / 2) + 1, ring.CapacityBytes);
        Assert.True(_probe.Sum(ledger => ledger.RingWakeups) > 0, "nobody called");
    }

    private void Flood(int cpu)
    {
        using var pinned = PinnedThread.To(cpu);
        var frame = PacketTable.Named("TCP data with PSH").Frame.ToArray();
        for (var flow = 0; flow < Flows; flow++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34), (ushort)flow);
            _probe.IngressL2.TestRun(frame);
        }
    }
}
