using System.Net;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class MapTests : IDisposable
{
    private readonly MapsBpf _obj = MapsBpf.Open();

    public MapTests() => _obj.Load();

    [RootFact]
    public void ElementsAreSetFoundAndDeleted()
    {
        var hash = _obj.Maps.Hash;
        Assert.False(hash.TryGet(5, out _));
        hash.Set(5, 50);
        hash.Set(5, 51);

        Assert.True(hash.TryGet(5, out var value));
        Assert.Equal(51UL, value);
        Assert.True(hash.TryDelete(5));
        Assert.False(hash.TryDelete(5));
        Assert.False(hash.TryGet(5, out _));
    }

    [RootFact]
    public void TheModeOfAnUpdateIsKept()
    {
        var hash = _obj.Maps.Hash;

        Assert.False(hash.TrySet(1, 10, UpdateMode.Replace));
        Assert.True(hash.TrySet(1, 11, UpdateMode.Add));
        Assert.False(hash.TrySet(1, 12, UpdateMode.Add));
        Assert.True(hash.TrySet(1, 13, UpdateMode.Replace));
        Assert.True(hash.TryGet(1, out var value));
        Assert.Equal(13UL, value);
    }

    [RootFact]
    public void AFullMapRefusesWithAFalseOrAnException()
    {
        var hash = _obj.Maps.Hash;
        Fill(hash, 1024);

        Assert.False(hash.TrySet(9999, 1));
        Assert.Equal("E2BIG", Assert.Throws<BpfException>(() => hash.Set(9999, 1)).ErrnoName);
    }

    [RootFact(Kernel = "5.14")]
    public void AnElementIsTakenInOneStep()
    {
        _obj.Maps.Hash.Set(3, 33);

        Assert.True(_obj.Maps.Hash.TryTake(3, out var value));
        Assert.Equal(33UL, value);
        Assert.False(_obj.Maps.Hash.TryTake(3, out _));
    }

    [RootFact]
    public void WhatProgramsCountIsRead()
    {
        _obj.Maps.Hash.Set(8, 100);

        ObjectTests.Count(_obj.Object, times: 3, key: 8);

        Assert.True(_obj.Maps.Hash.TryGet(8, out var value));
        Assert.Equal(103UL, value);
    }

    [RootFact]
    public void BatchesReadEveryElementOnce()
    {
        Fill(_obj.Maps.Hash, 1000);
        Fill(_obj.Maps.Lru, 500);

        Assert.Equal(Squares(1000), ReadAll(_obj.Maps.Hash, room: 64));
        Assert.Equal(Squares(1000), ReadAll(_obj.Maps.Hash, room: 2000));
        Assert.Equal(Squares(500), ReadAll(_obj.Maps.Lru, room: 64));
    }

    [RootFact]
    public void ABatchOfAnArrayHasAllItsElements()
    {
        var array = _obj.Maps.Array;
        for (var i = 0u; i < 64; i++)
            array.Set(i, i * i);

        Assert.Equal(Squares(64), ReadAll(array, room: 10));
        Assert.False(array.TryGet(64, out _));
        Assert.Equal("EINVAL", Assert.Throws<BpfException>(() => array.TryDelete(0)).ErrnoName);
    }

    [RootFact]
    public void TakingBatchesLeavesTheMapEmpty()
    {
        var hash = _obj.Maps.Hash;
        Fill(hash, 700);
        var taken = new SortedDictionary<uint, ulong>();
        Span<uint> keys = new uint[100];
        Span<ulong> values = new ulong[100];

        Collect(hash.TakeBatches(keys, values), taken);

        Assert.Equal(Squares(700), taken);
        Assert.False(hash.TryGetFirstKey(out _));
    }

    [RootFact]
    public void AnEmptyMapHasNoBatch()
    {
        Assert.False(_obj.Maps.Hash.ReadBatches(new uint[8], new ulong[8]).MoveNext());
        Assert.False(_obj.Maps.Lru.TakeBatches(new uint[8], new ulong[8]).MoveNext());
        Assert.Throws<ArgumentException>(() => _obj.Maps.Hash.ReadBatches([], []).MoveNext());
        Assert.Throws<ArgumentException>(() => _obj.Maps.Hash.ReadBatches(new uint[2], new ulong[1]).MoveNext());
    }

    [RootFact]
    public void ManyElementsAreSetAndDeletedAtOnce()
    {
        var hash = _obj.Maps.Hash;
        Assert.Equal(3, hash.SetAll([1, 2, 3], [1, 4, 9]));
        Assert.Equal(0, hash.SetAll([], []));

        Assert.Equal(Squares(3, from: 1), ReadAll(hash, room: 16));
        Assert.Equal(2, hash.DeleteAll([7, 1, 8, 9, 3, 7]));
        Assert.Equal([2], hash.Keys());
        Assert.Throws<ArgumentException>(() => hash.SetAll([1], []));
    }

    [RootFact]
    public void SettingMoreThanFitsTellsHowManyDid()
    {
        var keys = Enumerable.Range(0, 2000).Select(i => (uint)i).ToArray();

        Assert.Equal(1024, _obj.Maps.Hash.SetAll(keys, new ulong[2000]));
        Assert.Equal(1024, _obj.Maps.Hash.Keys().Count());
    }

    [RootFact]
    public void TheLongestPrefixIsFound()
    {
        var lpm = new BpfMap<LpmKey<uint>, uint>(_obj.Maps.Lpm.Map);
        lpm.Set(LpmKey.OfIPv4(IPNetwork.Parse("10.0.0.0/8")), 8);
        lpm.Set(LpmKey.OfIPv4(IPNetwork.Parse("10.1.0.0/16")), 16);

        Assert.Equal(16u, Find(lpm, "10.1.2.3/32"));
        Assert.Equal(8u, Find(lpm, "10.2.2.3/32"));
        Assert.Null(Find(lpm, "11.0.0.1/32"));
        Assert.Throws<ArgumentException>(() => LpmKey.OfIPv4(IPNetwork.Parse("fd00::/8")));
        Assert.Equal(20, System.Runtime.CompilerServices.Unsafe.SizeOf<LpmKey<UInt128>>());
    }

    [RootFact(Kernel = "5.15")]
    public void BatchesReadAnLpmTrie()
    {
        var lpm = new BpfMap<LpmKey<uint>, uint>(_obj.Maps.Lpm.Map);
        for (var i = 0; i < 100; i++)
            lpm.Set(LpmKey.OfIPv4(new IPNetwork(new IPAddress([10, (byte)i, 0, 0]), 16)), (uint)i);
        var found = new HashSet<uint>();
        var batches = lpm.ReadBatches(new LpmKey<uint>[7], new uint[7]);
        while (batches.MoveNext())
            found.UnionWith(batches.Values.ToArray());

        Assert.Equal(100, found.Count);
    }

    [RootFact]
    public void TypesOfAnotherSizeAreRefused()
    {
        var map = _obj.Object.Map("hash");

        Assert.Contains("keys of", Assert.Throws<ArgumentException>(() => new BpfMap<ulong, ulong>(map)).Message);
        Assert.Contains("values of", Assert.Throws<ArgumentException>(() => new BpfMap<uint, uint>(map)).Message);
        Assert.Throws<ArgumentException>(() => new PerCpuMap<uint, ulong>(map));
        Assert.Throws<ArgumentException>(() => new BpfMap<uint, Pair>(_obj.Object.Map("percpu_array")));
    }

    [RootFact]
    public void ReadingAndWritingElementsAllocatesNothing()
    {
        var hash = _obj.Maps.Hash;
        var keys = new uint[64];
        var values = new ulong[64];
        Fill(hash, 500);
        Round(hash, keys, values);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Round(hash, keys, values);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(500, count);
    }

    public void Dispose() => _obj.Dispose();

    private static int Round(BpfMap<uint, ulong> hash, uint[] keys, ulong[] values)
    {
        hash.Set(1, 2);
        hash.TryGet(1, out _);
        var count = 0;
        var batches = hash.ReadBatches(keys, values);
        while (batches.MoveNext())
            count += batches.Keys.Length;
        return count;
    }

    private static uint? Find(BpfMap<LpmKey<uint>, uint> lpm, string address) =>
        lpm.TryGet(LpmKey.OfIPv4(IPNetwork.Parse(address)), out var value) ? value : null;

    private static void Fill(BpfMap<uint, ulong> map, uint count)
    {
        for (var i = 0u; i < count; i++)
            map.Set(i, (ulong)i * i);
    }

    private static SortedDictionary<uint, ulong> Squares(uint count, uint from = 0)
    {
        var squares = new SortedDictionary<uint, ulong>();
        for (var i = from; i < from + count; i++)
            squares.Add(i, (ulong)i * i);
        return squares;
    }

    private static SortedDictionary<uint, ulong> ReadAll(BpfMap<uint, ulong> map, int room)
    {
        var all = new SortedDictionary<uint, ulong>();
        Collect(map.ReadBatches(new uint[room], new ulong[room]), all);
        return all;
    }

    private static void Collect(MapBatches<uint, ulong> batches, SortedDictionary<uint, ulong> into)
    {
        while (batches.MoveNext())
        {
            for (var i = 0; i < batches.Keys.Length; i++)
                into.Add(batches.Keys[i], batches.Values[i]); // throws if a key comes twice
        }
    }
}
