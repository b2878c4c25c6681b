using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Reads the flows that lost their slot and gives each to the reader of its table.</summary>
internal sealed class FlowRingReader(
    RingBuffer ring, SlotReader<FlowSlot, FlowSet, NarrowShape> narrow, SlotReader<WideSlot, WideSet, WideShape> wide)
{
    // slot and reason stand before the flow in both records.
    private const int HeadSize = 2 * sizeof(uint);

    /// <summary>So many records before it is read, a slot's state is fetched, and so many before, the conversation that it tells of.</summary>
    private const int FarAhead = 20, NearAhead = 14;

    /// <summary>Records read since start.</summary>
    internal long Records { get; private set; }

    /// <summary>Reads what is there. Returns false if it stopped before the end that the ring had when it began.</summary>
    internal bool Drain()
    {
        var end = ring.ProducedBytes;
        using (var batch = ring.Read())
        {
            var far = batch.Ahead();
            var near = batch.Ahead();
            for (var records = 0; records < FarAhead; records++)
                SeeFar(ref far);
            for (var records = 0; records < NearAhead; records++)
                SeeNear(ref near);
            while (batch.TryRead(out var record))
            {
                SeeFar(ref far);
                SeeNear(ref near);
                Records++;
                Read(record);
            }
        }

        return ring.ConsumedBytes >= end;
    }

    private void SeeFar(ref RingOutlook ahead)
    {
        if (ahead.TrySee(out var record) && record.Length == Unsafe.SizeOf<FlowHandover>())
            narrow.ExpectSlot((int)MemoryMarshal.AsRef<FlowHandover>(record).Slot);
    }

    private void SeeNear(ref RingOutlook ahead)
    {
        if (ahead.TrySee(out var record) && record.Length == Unsafe.SizeOf<FlowHandover>())
            narrow.ExpectHandOver((int)MemoryMarshal.AsRef<FlowHandover>(record).Slot);
    }

    private void Read(ReadOnlySpan<byte> record)
    {
        if (record.Length == Unsafe.SizeOf<FlowHandover>())
        {
            ref readonly var handover = ref MemoryMarshal.AsRef<FlowHandover>(record);
            narrow.HandOver((int)handover.Slot, in handover.Flow, (HandoverReason)handover.Reason);
        }
        else if (record.Length == Unsafe.SizeOf<WideHandover>())
        {
            ref readonly var handover = ref MemoryMarshal.AsRef<WideHandover>(record);
            // A wide_handover ends with what a wide_slot is: the flow, then its addresses.
            ref readonly var slot = ref MemoryMarshal.AsRef<WideSlot>(record[HeadSize..]);
            wide.HandOver((int)(handover.Slot & ~HandoverSlot.Wide), in slot, (HandoverReason)handover.Reason);
        }
    }
}
