using System.Runtime.InteropServices;
using Rheo.Bench.Measure;
using Rheo.Bench.Programs;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Micro;

/// <summary>Reading a full ring, alone and with the least that can be done with a record: its counts are added up by slot.</summary>
internal sealed class RingRead : IDisposable
{
    private const int Slots = 65_536;

    private readonly FloodBpf _bpf = FloodBpf.Open();
    private readonly RingBuffer _ring;
    private readonly byte[] _frame = new byte[64];
    private readonly (ulong Packets, ulong Bytes)[] _flows = new (ulong, ulong)[Slots];

    private RingRead()
    {
        _bpf.Load();
        _ring = _bpf.Maps.OpenRecords();
    }

    public static IEnumerable<Figure> Measure(string scenario, int rounds)
    {
        using var reader = new RingRead();
        var results = Rounds<Work>.Run(
            rounds,
            [new("read", () => reader.Full(reader.Read)), new("update", () => reader.Full(reader.Update))],
            $"{scenario}, ring");
        yield return new(scenario, "ring record: read", "ns", results.Of("read", work => work.NsPerItem), Goal.UpTo(5));
        yield return new(
            scenario, "ring record: read, and added up by slot", "ns",
            results.Of("update", work => work.NsPerItem), Goal.UpTo(10), $"{reader._bpf.Bss.Written:N0} records");
    }

    public void Dispose()
    {
        _ring.Dispose();
        _bpf.Dispose();
    }

    private Work Full(Func<long> read)
    {
        while (_bpf.Bss.Refused == 0)
            _bpf.Programs.Flood.TestRun(_frame);
        _bpf.Bss.Refused = 0;
        return Work.Of(read);
    }

    private long Read()
    {
        var (records, packets) = (0L, 0UL);
        using var batch = _ring.Read();
        while (batch.TryRead(out var bytes))
        {
            ref readonly var record = ref MemoryMarshal.AsRef<FlowHandover>(bytes);
            packets += record.Flow.Packets;
            records++;
        }

        return packets == 3 * (ulong)records ? records : throw new BenchException("the ring holds other records than were written");
    }

    private long Update()
    {
        var records = 0L;
        using var batch = _ring.Read();
        while (batch.TryRead(out var bytes))
        {
            ref readonly var record = ref MemoryMarshal.AsRef<FlowHandover>(bytes);
            ref var flow = ref _flows[record.Slot % Slots];
            flow.Packets += record.Flow.Packets;
            flow.Bytes += record.Flow.Bytes;
            records++;
        }

        return records;
    }
}
