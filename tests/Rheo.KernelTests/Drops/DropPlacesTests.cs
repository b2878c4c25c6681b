using System.Buffers.Binary;
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

        SendUnknown(left, 0x2000);
        Assert.Equal(((ulong)Kinds, Kinds), Sum(drops.Read()));
        fold.Fold(TimeSpan.Zero);
        Assert.Equal(((ulong)Kinds, 1), Sum(drops.Read()));
        SendUnknown(left, 0x4000);
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

        SendUnknown(left, 0x2000);
        new DropFold(hooks.Handed.Single()).Fold(TimeSpan.FromMinutes(5));

        Assert.Equal(((ulong)Kinds, Kinds), Sum(readers.Get<DropCapture>()!.Read()));
    }

    // Frames of protocols that nobody speaks: each is a place of its own.
    private static void SendUnknown(TestNamespace space, ushort first) => space.Run(() =>
    {
        using var sender = FrameSender.Open();
        var device = NetworkDevices.Find("left")!.Index;
        var frame = new byte[60];
        frame.AsSpan(0, 6).Fill(0xff);
        for (var kind = 0; kind < Kinds; kind++)
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
