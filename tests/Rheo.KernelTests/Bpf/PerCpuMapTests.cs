using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class PerCpuMapTests : IDisposable
{
    private readonly MapsBpf _obj = MapsBpf.Open();

    public PerCpuMapTests() => _obj.Load();

    [RootFact]
    public void ThereIsAValueForEachPossibleCpu()
    {
        var last = File.ReadAllText("/sys/devices/system/cpu/possible").Trim().Split('-')[^1];

        Assert.Equal(int.Parse(last, System.Globalization.CultureInfo.InvariantCulture) + 1, _obj.Maps.PercpuArray.CpuCount);
    }

    [RootFact]
    public void ProgramsCountOnTheirOwnCpu()
    {
        var map = _obj.Maps.PercpuArray;
        ObjectTests.Count(_obj.Object, times: 9);
        var values = new Pair[map.CpuCount];

        Assert.True(map.TryGet(0, values));
        Assert.Equal(9, values.Sum(v => (long)v.First));
        Assert.False(map.TryGet(4, values));
    }

    [RootFact]
    public void ValuesOfFourBytesAreSpacedAsTheKernelHasThem()
    {
        var map = _obj.Maps.PercpuHash;
        var set = Enumerable.Range(0, map.CpuCount).Select(i => (uint)(1000 + i)).ToArray();
        var got = new uint[map.CpuCount];
        Assert.False(map.TryGet(0, got));
        map.Set(0, set);

        Assert.True(map.TryGet(0, got));
        Assert.Equal(set, got);
        ObjectTests.Count(_obj.Object, times: 5);
        Assert.True(map.TryGet(0, got));
        Assert.Equal(set.Sum(v => v) + 5, got.Sum(v => v));
        Assert.True(map.TryDelete(0));
        Assert.False(map.TryDelete(0));
        Assert.Throws<NotSupportedException>(() => map.ReadBatches(new uint[1], new uint[map.CpuCount]).MoveNext());
    }

    [RootFact(Kernel = "5.14")]
    public void AnElementIsTakenWithAllThatWasCounted()
    {
        var map = _obj.Maps.PercpuHash;
        map.Set(0, new uint[map.CpuCount]);
        ObjectTests.Count(_obj.Object, times: 5);
        var got = new uint[map.CpuCount];

        Assert.True(map.TryTake(0, got));
        Assert.Equal(5, got.Sum(v => v));
        Assert.False(map.TryTake(0, got));
        Assert.False(map.TryGet(0, got));
    }

    [RootFact(Kernel = "5.13")]
    public void BatchesHaveAllCpusOfEachElement()
    {
        var map = _obj.Maps.PercpuArray;
        var cpus = map.CpuCount;
        for (var i = 0u; i < 4; i++)
            map.Set(i, [.. Enumerable.Range(0, cpus).Select(cpu => new Pair { First = i, Second = (ulong)cpu })]);

        var seen = new List<(uint Key, ulong First, ulong Second)>();
        var batches = map.ReadBatches(new uint[3], new Pair[3 * cpus]);
        while (batches.MoveNext())
        {
            for (var i = 0; i < batches.Values.Length; i++)
                seen.Add((batches.Keys[i / cpus], batches.Values[i].First, batches.Values[i].Second));
        }

        Assert.Equal(4 * cpus, seen.Count);
        Assert.All(seen, (value, i) => Assert.Equal(((uint)(i / cpus), (ulong)(i / cpus), (ulong)(i % cpus)), value));
    }

    [RootFact]
    public void RoomForAnotherNumberOfCpusIsRefused()
    {
        Assert.Throws<ArgumentException>(() => _obj.Maps.PercpuArray.TryGet(0, new Pair[_obj.Maps.PercpuArray.CpuCount + 1]));
        Assert.Throws<ArgumentException>(() => _obj.Maps.PercpuArray.Set(0, default));
        Assert.Throws<ArgumentException>(() => new PerCpuMap<uint, Pair>(_obj.Object.Map("mapped")));
    }

    public void Dispose() => _obj.Dispose();
}
