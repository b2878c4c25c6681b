using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.Model.Drops;
using Xunit;

namespace Rheo.KernelTests.Drops;

/// <summary>More places than the kernel's table holds, over time.</summary>
public sealed class DropPlacesTests
{
    private const string Reason = "UNHANDLED_PROTO";
    private const int Kinds = 3000; // of 4,096 that find room, and more than half

    [RootFact(Kernel = "5.17")]
    public void ThoseThatAreQuietMakeRoomForOthersAndTheirSumStaysExact()
    {
        var (host, guest) = TestNamespace.CreatePair();
        using var left = host;
        using var right = guest;
        using var hooks = PartHooks.Open([OptionalParts.Drop]);
        using var readers = PartReaders.Read([OptionalParts.Drop], hooks.Handed);
        var drops = readers.Get<DropCapture>()!;
        var fold = new DropFold(hooks.Handed.Single());

        var one = SendOne(left, hooks);
        Fill(hooks, one, 0x2000);
        Assert.Equal(((ulong)Kinds, Kinds), Sum(drops.Read()));
        fold.Fold(TimeSpan.Zero);
        Assert.Equal(((ulong)Kinds, 1), Sum(drops.Read()));
        Fill(hooks, one, 0x4000);
        Assert.Equal((2UL * Kinds, Kinds + 1), Sum(drops.Read()));
        fold.Fold(TimeSpan.Zero);

        Assert.Equal((2UL * Kinds, 1), Sum(drops.Read()));
        Assert.Equal(0UL, drops.Read().Ledger.OtherPackets);
    }

    [RootFact(Kernel = "5.17")]
    public void ThoseThatWereNotQuietForLongKeepTheirCounters()
    {
        var (host, guest) = TestNamespace.CreatePair();
        using var left = host;
        using var right = guest;
        using var hooks = PartHooks.Open([OptionalParts.Drop]);
        using var readers = PartReaders.Read([OptionalParts.Drop], hooks.Handed);

        Fill(hooks, SendOne(left, hooks), 0x2000);
        new DropFold(hooks.Handed.Single()).Fold(TimeSpan.FromMinutes(5));

        Assert.Equal(((ulong)Kinds, Kinds), Sum(readers.Get<DropCapture>()!.Read()));
    }

    [RootFact(Kernel = "5.17")]
    public void WhoChoosesAProtocolForEachFrameDoesNotFillTheTable()
    {
        var (host, guest) = TestNamespace.CreatePair();
        using var left = host;
        using var right = guest;
        using var hooks = PartHooks.Open([OptionalParts.Drop]);
        using var readers = PartReaders.Read([OptionalParts.Drop], hooks.Handed);
        var drops = readers.Get<DropCapture>()!;

        SendUnknown(left, 0x2000, 5000);
        left.Ping();
        left.Run(() => Datagrams.Send(new IPEndPoint(IPAddress.Parse("10.9.9.2"), 7777), 10));

        var (packets, places) = Sum(drops.Read());
        Assert.Equal(5000UL, packets);
        Assert.InRange(places, 2, (64 * Environment.ProcessorCount) + 1);
        Assert.Equal(0UL, drops.Read().Ledger.OtherPackets);
        Assert.Contains(drops.Read().Places, place => place is { Reason: "NO_SOCKET", Packets: 10 });
    }

    private static DropPlace SendOne(TestNamespace space, PartHooks hooks)
    {
        SendUnknown(space, 0x2000, 1);
        var map = Places(hooks);
        var keys = new DropPlace[256];
        for (var batches = map.ReadBatches(keys, new DropCounts[keys.Length * map.CpuCount]); batches.MoveNext();)
        {
            foreach (var place in batches.Keys)
            {
                if (place.Protocol == 0x2000)
                    return place;
            }
        }

        throw new InvalidOperationException("the frame was not dropped");
    }

    private static PerCpuMap<DropPlace, DropCounts> Places(PartHooks hooks) =>
        new(BpfMap.FromDescriptor(hooks.Handed.Single().Descriptors["drop_places"], "drop_places"));

    // As if at each of so many places one packet had been dropped: only few places are of protocols that nobody speaks.
    private static void Fill(PartHooks hooks, DropPlace one, ushort first)
    {
        var map = Places(hooks);
        var counts = new DropCounts[map.CpuCount];
        counts[0] = new DropCounts { Packets = 1, Bytes = 60, LastNs = (ulong)Stopwatch.GetTimestamp() };
        for (var kind = 0; kind < Kinds; kind++)
        {
            one.Protocol = (ushort)(first + kind);
            map.Set(one, counts);
        }
    }

    // Frames of protocols that nobody speaks.
    private static void SendUnknown(TestNamespace space, ushort first, int count) => space.Run(() =>
    {
        using var sender = FrameSender.Open();
        var device = NetworkDevices.Find("left")!.Index;
        var frame = new byte[60];
        frame.AsSpan(0, 6).Fill(0xff);
        for (var kind = 0; kind < count; kind++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)(first + kind));
            sender.Send(device, frame);
        }
    });

    private static (ulong Packets, int Places) Sum(DropSnapshot drops)
    {
        var places = drops.Places.Where(place => place.Reason == Reason).ToList();
        return (places.Aggregate(0UL, (sum, place) => sum + place.Packets), places.Count);
    }
}
