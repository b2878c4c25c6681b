using System.Runtime.InteropServices;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Programs;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Micro;

/// <summary>
/// One core writes records as fast as it can, the other reads them. Wall time is what is meant: it is a rate. The reader waits as the
/// agent does, for a wake-up or at most a millisecond.
/// </summary>
internal static class RingDelivery
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(1);

    private readonly record struct Sample(long Records, long Refused, long Wakeups, double Seconds, double ReaderCpu);

    public static IEnumerable<Figure> Measure(string scenario, int rounds)
    {
        using var bpf = FloodBpf.Open();
        bpf.Load();
        using var ring = bpf.Maps.OpenRecords();
        var results = Rounds<Sample>.Run(rounds, [new("flood", () => Run(bpf, ring))], $"{scenario}, delivery");
        var refused = results["flood"].Sum(sample => sample.Refused);
        yield return new(
            scenario, "ring records delivered", "million/s",
            results.Of("flood", one => one.Records / one.Seconds / 1e6), Goal.From(15), $"{refused:N0} writes found the ring full");
        yield return new(
            scenario, "ring records delivered: the reader's CPU", "ns/record",
            results.Of("flood", one => one.ReaderCpu / one.Records));
        yield return new(
            scenario, "ring records delivered: wake-ups", "1/s",
            results.Of("flood", one => one.Wakeups / one.Seconds), Goal.UpTo(1000));
    }

    private static Sample Run(FloodBpf bpf, RingBuffer ring)
    {
        var stop = false;
        var writer = new Thread(() => Write(bpf, ref stop));
        var (refused, begin, cpu) = (bpf.Bss.Refused, Clock.NowNs, Clock.ThreadCpuNs);
        writer.Start();
        var (records, wakeups) = Read(ring, begin + (long)Length.TotalNanoseconds);
        var (seconds, used) = ((Clock.NowNs - begin) / 1e9, Clock.ThreadCpuNs - cpu);
        Volatile.Write(ref stop, true);
        writer.Join();
        Drain(ring);
        return new Sample(records, (long)(bpf.Bss.Refused - refused), wakeups, seconds, used);
    }

    private static void Write(FloodBpf bpf, ref bool stop)
    {
        Core.Pin(0, Core.Receiver);
        var frame = new byte[64];
        while (!Volatile.Read(ref stop))
            bpf.Programs.Flood.TestRun(new TestRun { Data = frame, Repeat = 16 });
    }

    private static (long Records, long Wakeups) Read(RingBuffer ring, long end)
    {
        var (records, wakeups) = (0L, 0L);
        while (Clock.NowNs < end)
        {
            if (ring.AvailableBytes == 0)
            {
                ring.WaitForWakeUp(Wait);
                wakeups++;
            }

            records += Drain(ring);
        }

        return (records, wakeups);
    }

    private static long Drain(RingBuffer ring)
    {
        var (records, packets) = (0L, 0UL);
        using var batch = ring.Read();
        while (batch.TryRead(out var bytes))
        {
            packets += MemoryMarshal.AsRef<FlowHandover>(bytes).Flow.Packets;
            records++;
        }

        return packets == 3 * (ulong)records ? records : throw new BenchException("the ring holds other records than were written");
    }
}
