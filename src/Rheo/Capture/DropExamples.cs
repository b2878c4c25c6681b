using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Model.Drops;

namespace Rheo.Capture;

/// <summary>Reads the ring of examples, and keeps the last ones. Threads: one.</summary>
internal sealed class DropExamples(RingBuffer ring, DropNamer namer) : IDisposable
{
    /// <summary>A screen or two; they are told ever more rarely the more packets a place drops.</summary>
    private const int Most = 64;

    private const uint NoSocket = uint.MaxValue;

    private readonly Queue<DroppedPacket> _last = new(Most);

    internal IReadOnlyList<DroppedPacket> Last => [.. _last];

    /// <summary>There is something to read.</summary>
    internal bool HasNews => ring.AvailableBytes > 0;

    /// <summary>Reads what is there; true.</summary>
    internal bool Drain(long unixLessMonotonicNs)
    {
        using var batch = ring.Read();
        while (batch.TryRead(out var record))
        {
            if (record.Length == Unsafe.SizeOf<DropExample>())
                Add(in MemoryMarshal.AsRef<DropExample>(record), unixLessMonotonicNs);
        }

        return true;
    }

    public void Dispose() => ring.Dispose();

    private void Add(ref readonly DropExample record, long unixLessMonotonicNs)
    {
        var counts = new DropCounts { Packets = 1, Bytes = record.Length };
        var timeNs = (long)record.TimeNs + unixLessMonotonicNs;
        if (_last.Count == Most)
            _last.Dequeue();
        _last.Enqueue(new(
            timeNs, namer.Total(record.Flow.Place, DropCapture.Flow(in record.Flow), in counts, timeNs), record.Uid == NoSocket ? null : record.Uid));
    }
}
