using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class SharedMapTests
{
    [RootFact]
    public void TwoObjectsCountInOneMap()
    {
        using var first = MapsBpf.Open();
        first.Maps.Hash.Map.MaxEntries = 50;
        first.Load();
        using var second = MapsBpf.Open();
        second.Object.Map("hash").Reuse(first.Object.Map("hash"));
        second.Rodata.Step = 10;
        second.Load();
        first.Maps.Hash.Set(6, 0);

        ObjectTests.Count(first.Object, times: 2, key: 6);
        ObjectTests.Count(second.Object, times: 3, key: 6);

        Assert.True(second.Maps.Hash.TryGet(6, out var value));
        Assert.Equal(32UL, value);
        Assert.Equal(50, second.Maps.Hash.Map.MaxEntries);
        Assert.Equal((2UL, 30UL), (first.Bss.Runs, second.Bss.Runs));
    }

    [RootFact]
    public void SharedVariablesAreLiveInBoth()
    {
        using var first = MapsBpf.Open();
        first.Load();
        using var second = MapsBpf.Open();
        second.Object.Map(".bss").Reuse(first.Object.Map(".bss"));
        second.Load();

        ObjectTests.Count(first.Object, times: 1);
        ObjectTests.Count(second.Object, times: 2);

        Assert.Equal((3UL, 3UL), (first.Bss.Runs, second.Bss.Runs));
    }

    [RootFact]
    public void ASharedMapOutlivesTheObjectThatMadeIt()
    {
        using var second = MapsBpf.Open();
        using (var first = MapsBpf.Open())
        {
            first.Load();
            first.Maps.Lru.Set(1, 11);
            second.Object.Map("lru").Reuse(first.Object.Map("lru"));
        }

        second.Load();

        Assert.True(second.Maps.Lru.TryGet(1, out var value));
        Assert.Equal(11UL, value);
    }

    [RootFact]
    public void MapsOfAnotherShapeAreNotShared()
    {
        using var first = MapsBpf.Open();
        first.Load();
        using var second = MapsBpf.Open();

        Assert.Throws<ArgumentException>(() => second.Object.Map("hash").Reuse(first.Object.Map("lru")));
        Assert.Throws<InvalidOperationException>(() => first.Object.Map("hash").Reuse(first.Object.Map("hash")));
        using var third = MapsBpf.Open();
        Assert.Throws<InvalidOperationException>(() => second.Object.Map("hash").Reuse(third.Object.Map("hash")));
    }
}
