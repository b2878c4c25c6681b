using System.Diagnostics;
using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class RingBufferTests : IDisposable
{
    private const int RecordSpace = 24; // 16 bytes and the header
    private readonly RingBpf _obj = RingBpf.Open();
    private RingBuffer? _ring;

    [RootFact]
    public void RecordsComeInOrderAndWhole()
    {
        var ring = Load();
        _obj.Produce(100);

        Assert.Equal(100 * RecordSpace, ring.AvailableBytes);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (ulong)i), Sequences(ring));
        Assert.Equal(0, ring.AvailableBytes);
        Assert.Equal(100 * RecordSpace, ring.ConsumedBytes);
    }

    [RootFact]
    public void AnEmptyRingHasNoRecord()
    {
        using var batch = Load().Read();

        Assert.False(batch.TryRead(out var record));
        Assert.True(record.IsEmpty);
    }

    [RootFact]
    public void WhoLooksAheadSeesTheSameAndTakesNothing()
    {
        var ring = Load();
        _obj.Produce(10, OrderFlag.DiscardOdd);
        using var batch = ring.Read();
        var ahead = batch.Ahead();
        var seen = new List<ulong>();
        for (var records = 0; records < 2 && ahead.TrySee(out var next); records++)
            seen.Add(MemoryMarshal.Read<ulong>(next));
        while (batch.TryRead(out var record))
        {
            if (ahead.TrySee(out var next))
                seen.Add(MemoryMarshal.Read<ulong>(next));
            Assert.InRange(MemoryMarshal.Read<ulong>(record), 0UL, seen[^1]);
        }

        Assert.Equal([0, 2, 4, 6, 8], seen);
        Assert.False(ahead.TrySee(out _));
    }

    [RootFact]
    public void DiscardedRecordsAreSkipped()
    {
        var ring = Load();
        _obj.Produce(10, OrderFlag.DiscardOdd);

        Assert.Equal([0, 2, 4, 6, 8], Sequences(ring));
        Assert.Equal(0, ring.AvailableBytes);
    }

    [RootFact]
    public void RecordsThatWrapAroundAreInOnePiece()
    {
        var ring = Load();
        var expected = 0UL;
        var rounds = Share.Of(400);
        for (var round = 0; round < rounds; round++) // 400 * 50 * 48 bytes: more than ten times around a ring that 48 does not divide
        {
            _obj.Produce(50, OrderFlag.Wide);
            using var batch = ring.Read();
            while (batch.TryRead(out var record))
            {
                ref readonly var wide = ref MemoryMarshal.AsRef<WideRecord>(record);
                Assert.Equal((expected, ~expected), (wide.Record.Sequence, wide.Record.Check));
                Assert.Equal([expected, expected, expected], MemoryMarshal.Cast<byte, ulong>(record)[2..].ToArray());
                expected++;
            }
        }

        Assert.Equal(50UL * (ulong)rounds, expected);
    }

    [RootFact]
    public void WhatAFullRingRefusesIsExactlyTheRest()
    {
        var ring = Load();
        var fits = (uint)(ring.CapacityBytes / RecordSpace);

        var order = _obj.Produce(fits + 1000);

        Assert.Equal((fits, 1000u), (order.Written, order.Refused));
        Assert.Equal(fits, (uint)Sequences(ring).Count);
        Assert.Equal(10u, _obj.Produce(10).Written);
        Assert.Equal(fits, Sequences(ring)[0]);
    }

    [RootFact]
    public void RoomComesBackOnceABatchEnds()
    {
        var ring = Load();
        _obj.Produce(10);
        using (var batch = ring.Read())
        {
            for (var i = 0; i < 4; i++)
                Assert.True(batch.TryRead(out _));
            Assert.Equal(0, ring.ConsumedBytes);
        }

        Assert.Equal(4 * RecordSpace, ring.ConsumedBytes);
        Assert.Equal(4UL, Sequences(ring)[0]);
    }

    [RootFact]
    public void ALongBatchGivesRoomBackByQuarters()
    {
        var ring = Load();
        _obj.Produce((uint)ring.CapacityBytes);
        using var batch = ring.Read();
        for (var i = 0; i <= ring.CapacityBytes / 4 / RecordSpace + 1; i++)
            Assert.True(batch.TryRead(out _));

        Assert.InRange(ring.ConsumedBytes, ring.CapacityBytes / 4, (ring.CapacityBytes / 4) + RecordSpace);
        Assert.True(_obj.Produce(500).Written == 500);
    }

    [RootFact]
    public void ABatchEndsWithWhatWasThereWhenItBegan()
    {
        var ring = Load();
        _obj.Produce(3);
        using (var batch = ring.Read())
        {
            _obj.Produce(2);
            for (var i = 0; i < 3; i++)
                Assert.True(batch.TryRead(out _));
            Assert.False(batch.TryRead(out _));
        }

        Assert.Equal([3, 4], Sequences(ring));
    }

    [RootFact(Kernel = "5.17", Processors = 2)]
    public void ARecordThatIsStillBeingWrittenHoldsTheOnesBehindItBack()
    {
        var ring = Load();
        _obj.Produce(2);
        var holder = Task.Run(_obj.Hold);
        Until(IsHolding);
        _obj.Produce(3);

        Assert.Equal([0, 1], Sequences(ring));
        Assert.Empty(Sequences(ring));
        Assert.Equal(4 * RecordSpace, ring.AvailableBytes);
        Release();
        holder.Wait();

        Assert.Equal([777, 2, 3, 4], Sequences(ring));
    }

    [RootFact]
    public void ALaterReaderGoesOnWhereTheFirstLeftOff()
    {
        var first = Load();
        _obj.Produce(5);
        using (var batch = first.Read())
        {
            Assert.True(batch.TryRead(out _));
            Assert.True(batch.TryRead(out _));
        }

        using var second = _obj.Maps.OpenRing();

        Assert.Equal([2, 3, 4], Sequences(second));
    }

    [RootFact]
    public void WaitingEndsAtOnceWhenRecordsAreThere()
    {
        var ring = Load();
        Assert.Equal(RingWake.TimedOut, ring.Wait(TimeSpan.FromMilliseconds(1)));
        _obj.Produce(1);

        Assert.Equal(RingWake.Records, ring.Wait(Timeout.InfiniteTimeSpan));
    }

    [RootFact]
    public void AProgramsWakeUpEndsTheWait()
    {
        var ring = Load();
        var producer = Task.Run(() =>
        {
            Thread.Sleep(50);
            _obj.Produce(1, wake: 0);
        });

        Assert.Equal(RingWake.Records, ring.Wait(TimeSpan.FromSeconds(20)));
        producer.Wait();
        Assert.Single(Sequences(ring));
    }

    [RootFact]
    public void OnlyForcedWakeUpsEndAWaitForWakeUps()
    {
        var ring = Load();
        Assert.Equal(RingWake.TimedOut, ring.WaitForWakeUp(TimeSpan.Zero));
        _obj.Produce(10, wake: RingBpf.NoWakeUp);
        Assert.Equal(RingWake.TimedOut, ring.WaitForWakeUp(TimeSpan.FromMilliseconds(20)));

        _obj.Produce(1, wake: RingBpf.ForceWakeUp);

        Assert.Equal(RingWake.Records, ring.WaitForWakeUp(TimeSpan.FromSeconds(20)));
        Assert.Equal(RingWake.TimedOut, ring.WaitForWakeUp(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(11, Sequences(ring).Count);
    }

    [RootFact]
    public void AWakeUpThatComesAfterTheEndIsNothing()
    {
        var waiter = new RingWaiter(Load());
        var others = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var turn = 0; turn < Share.Of(10_000); turn++)
                waiter.Wake();
        })).ToArray();
        waiter.Dispose();

        Task.WaitAll(others);
    }

    [RootFact]
    public void AnotherThreadCanWakeTheReader()
    {
        var ring = Load();
        ring.Wake();
        Assert.Equal(RingWake.Woken, ring.Wait(Timeout.InfiniteTimeSpan));
        Assert.Equal(RingWake.TimedOut, ring.Wait(TimeSpan.Zero));
        var other = Task.Run(() =>
        {
            Thread.Sleep(50);
            ring.Wake();
        });

        Assert.Equal(RingWake.Woken, ring.Wait(TimeSpan.FromSeconds(20)));
        other.Wait();
    }

    [RootFact]
    public void OneWaiterServesSeveralRings()
    {
        var first = Load();
        using var other = RingBpf.Open();
        other.Load();
        using var second = other.Maps.OpenRing();
        using var waiter = new RingWaiter(first, second);
        Assert.Equal(RingWake.TimedOut, waiter.Wait(TimeSpan.Zero));

        other.Produce(1, wake: RingBpf.ForceWakeUp);

        Assert.True(waiter.HasRecords);
        Assert.Equal(RingWake.Records, waiter.Wait(TimeSpan.FromSeconds(20)));
        Assert.Single(Sequences(second));
        Assert.False(waiter.HasRecords);
    }

    [RootFact]
    public void TheSizeIsSetBeforeLoading()
    {
        _obj.Maps.Ring.MaxEntries = 1 << 20;

        Assert.Equal(1 << 20, Load().CapacityBytes);
    }

    [RootFact]
    public void AReaderAtRestHoldsLittleOfALargeRing()
    {
        _obj.Maps.Ring.MaxEntries = 1 << 22;
        var ring = Load();
        var little = ring.MappedBytes;
        var expected = 0UL;

        Assert.InRange(little, 1, 1 << 17);
        Take(ring, _obj.Produce(160_000).Written, ref expected);
        Assert.Equal(2 * ring.CapacityBytes, ring.MappedBytes);
        for (var calm = 0; calm < 40; calm++)
            Take(ring, _obj.Produce(10).Written, ref expected);
        Assert.InRange(ring.MappedBytes, 1, little);
    }

    [RootFact]
    public void WhateverWaitsIsReadInOrderWhereverItLies()
    {
        _obj.Maps.Ring.MaxEntries = 1 << 20;
        var ring = Load();
        var expected = 0UL;

        // 20 times around the ring, of a share of them twice at least; bursts from 1 record to its whole
        foreach (var burst in Share.Of(Enumerable.Range(1, 59)).Select(burst => (uint)burst))
            Take(ring, _obj.Produce(burst * burst * burst % 43_000).Written, ref expected);

        Assert.True(expected > 2 * (1 << 20) / RecordSpace, $"{expected} records");
    }

    [RootFact]
    public void OtherMapsAreNoRings()
    {
        using var maps = TestObject.Load("maps");

        Assert.Throws<ArgumentException>(() => new RingBuffer(maps.Map("array")));
    }

    [RootFact]
    public void NoRecordCostsAnAllocation()
    {
        var ring = Load();
        _obj.Produce(100);
        ring.WaitForWakeUp(TimeSpan.Zero);
        Sum(ring);
        _obj.Produce(2000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ring.Wait(TimeSpan.FromMilliseconds(1));
        ring.WaitForWakeUp(TimeSpan.Zero);
        var count = Sum(ring);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2000, count);
    }

    public void Dispose()
    {
        _ring?.Dispose();
        _obj.Dispose();
    }

    private RingBuffer Load()
    {
        _obj.Load();
        return _ring = _obj.Maps.OpenRing();
    }

    private static List<ulong> Sequences(RingBuffer ring)
    {
        var sequences = new List<ulong>();
        using var batch = ring.Read();
        while (batch.TryRead(out var record))
        {
            var words = MemoryMarshal.Cast<byte, ulong>(record);
            Assert.Equal(words[0], ~words[1]);
            sequences.Add(words[0]);
        }

        return sequences;
    }

    private static void Take(RingBuffer ring, uint count, ref ulong expected)
    {
        var first = expected;
        foreach (var sequence in Sequences(ring))
            Assert.Equal(expected++, sequence);
        Assert.Equal(count, expected - first);
    }

    private static int Sum(RingBuffer ring)
    {
        var count = 0;
        using var batch = ring.Read();
        while (batch.TryRead(out var record))
            count += record.Length == 16 ? 1 : 0;
        return count;
    }

    private bool IsHolding() => Volatile.Read(ref _obj.Bss.State.Holding) != 0;

    private void Release() => Volatile.Write(ref _obj.Bss.State.Release, 1);

    private static void Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "it never came");
    }
}
