using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Capture;
using Rheo.KernelTests.EndToEnd;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>
/// Slots are read while another CPU counts in them. A reader that has seen a flow's packets comes back only for more of them: what belongs to a
/// packet must be there before it.
/// </summary>
public sealed class SlotReadingTests : IDisposable
{
    private const int Packets = 4_000_000;

    private readonly FlowProbe _probe = Environment.IsPrivilegedProcess ? FlowProbe.Load() : null!;

    public void Dispose() => _probe?.Dispose();

    [RootFact]
    public void NoPacketIsSeenBeforeItsBytes()
    {
        var frame = PacketTable.Named("TCP data with PSH").Frame;
        Read(frame, Packets, slot => Assert.True(slot.Bytes >= slot.Packets * (ulong)frame.Length, $"{slot.Packets} packets with {slot.Bytes} bytes"));
    }

    [RootFact]
    public void NoPacketIsSeenBeforeItsFlags()
    {
        var frame = PacketTable.Named("TCP data with PSH").Frame.ToArray();
        frame[47] |= (byte)TcpFlags.Fin;
        Read(frame, Packets, slot => Assert.True(slot.Fin >= slot.Packets, $"{slot.Packets} packets, and {slot.Fin} FIN"));
    }

    private void Read(byte[] frame, int packets, Action<FlowSlot> check)
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "nobody counts while this one reads");
        _probe.See(_probe.IngressL2, frame);
        using var table = _probe.Flow.Maps.OpenFlowTable();
        var done = false;
        var writer = new Thread(() =>
        {
            using var pinned = PinnedThread.ToOneCpu();
            _probe.IngressL2.TestRun(new TestRun { Data = frame, Repeat = packets });
            Volatile.Write(ref done, true);
        });
        writer.Start();
        try
        {
            while (!Volatile.Read(ref done))
                Look(table, check);
        }
        finally
        {
            writer.Join();
        }
    }

    private static void Look(MappedArray<FlowSet> table, Action<FlowSlot> check)
    {
        foreach (ref readonly var slot in MemoryMarshal.Cast<FlowSet, FlowSlot>(table.Span))
        {
            if (TryCopy(in slot, out var copy))
                check(copy);
        }
    }

    // As SlotReader does it.
    private static bool TryCopy(ref readonly FlowSlot slot, out FlowSlot copy)
    {
        var version = Volatile.Read(in slot.Version);
        copy = slot;
        Interlocked.MemoryBarrier();
        return version != 0 && (version & 1) == 0 && Volatile.Read(in slot.Version) == version;
    }
}
