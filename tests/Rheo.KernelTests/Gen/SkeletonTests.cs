using System.Runtime.InteropServices;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Gen;

/// <summary>A generated skeleton against the kernel: what C# writes, the program reads, and the other way round.</summary>
public sealed class SkeletonTests
{
    private const int PacketLength = 128;

    [Fact]
    public void StructsHaveTheCompilersLayout() => Assert.Empty(SkeletonBpfLayout.Differences());

    [RootFact]
    public void ConstantsSetBeforeLoadingReachTheProgram()
    {
        using var bpf = SkeletonBpf.Open();
        Assert.Equal(1u, bpf.Rodata.Step);
        bpf.Rodata.Step = 7;
        bpf.Load();
        Run(bpf);
        Assert.Equal(7ul, bpf.Bss.All.Packets);
    }

    [RootFact]
    public void GlobalsAreSharedWithTheRunningProgram()
    {
        using var bpf = Loaded();
        bpf.Data.Limit = 1_000;
        Run(bpf);
        Assert.True(bpf.Maps.Tallies.TryGet(new TallyKey { Length = PacketLength, Kind = (byte)TallyKind.Small }, out _));
        Assert.Equal((ulong)PacketLength, bpf.Bss.All.Bytes);
    }

    [RootFact]
    public void TypedMapsReadWhatTheProgramWrote()
    {
        using var bpf = Loaded();
        Run(bpf);
        Assert.True(bpf.Maps.Tallies.TryGet(new TallyKey { Length = PacketLength, Kind = (byte)TallyKind.Large }, out var tally));
        Assert.Equal((1ul, (ulong)PacketLength), (tally.Packets, tally.Bytes));
        using var table = bpf.Maps.OpenTallyTable();
        Assert.Equal((ulong)PacketLength, table.Span[1].Way[19].Bytes);
    }

    [RootFact]
    public void AnExportedRecordIsReadFromItsRing()
    {
        using var bpf = SkeletonBpf.Open();
        bpf.Rodata.Loud = true;
        bpf.Load();
        using var ring = bpf.Maps.OpenTallyRing();
        Run(bpf);
        using var batch = ring.Read();
        Assert.True(batch.TryRead(out var bytes));
        var record = MemoryMarshal.AsRef<TallyRecord>(bytes);
        Assert.Equal((PacketLength, true, 1u), ((int)record.Key.Length, record.Loud, record.Step));
    }

    [RootFact]
    public void SizesAreThoseOfTheKernelsMaps()
    {
        using var bpf = Loaded();
        Assert.Equal(Marshal.SizeOf<TallyKey>(), bpf.Maps.Tallies.Map.KeySize);
        Assert.Equal(Marshal.SizeOf<Tally>(), bpf.Maps.Tallies.Map.ValueSize);
        Assert.Equal(Marshal.SizeOf<TallySet>(), bpf.Object.Map("tally_table").ValueSize);
    }

    private static SkeletonBpf Loaded()
    {
        var bpf = SkeletonBpf.Open();
        bpf.Load();
        return bpf;
    }

    private static void Run(SkeletonBpf bpf) => Assert.Equal(0, bpf.Programs.Count.TestRun(new byte[PacketLength]).ReturnValue);
}
