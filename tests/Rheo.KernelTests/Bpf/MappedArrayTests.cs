using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class MappedArrayTests
{
    [RootFact]
    public void WhatAProgramWritesIsSeenInPlace()
    {
        using var obj = TestObject.Load("maps");
        using var array = new MappedArray<Pair>(obj.Map("mapped"));
        Assert.Equal(300, array.Length);
        Assert.Equal(0UL, array[299].First);

        ObjectTests.Count(obj, times: 4, key: 299);

        Assert.Equal((4UL, 99UL), (array[299].First, array[299].Second));
        Assert.Equal(4UL, array.Span[^1].First);
        Assert.Equal(0UL, array[298].First);
    }

    [RootFact]
    public void AValueMayBeReadAsItsEqualParts()
    {
        using var obj = TestObject.Load("maps");
        using var words = new MappedArray<ulong>(obj.Map("mapped"));

        ObjectTests.Count(obj, times: 2, key: 10);

        Assert.Equal(600, words.Length);
        Assert.Equal([2, 99], words.Span.Slice(20, 2).ToArray());
    }

    [RootFact]
    public void TheMappingOutlivesItsObject()
    {
        var obj = TestObject.Load("maps");
        using var array = new MappedArray<Pair>(obj.Map("mapped"));
        ObjectTests.Count(obj, times: 1, key: 7);
        obj.Dispose();

        Assert.Equal(1UL, array[7].First);
    }

    [RootFact]
    public void TypesThatDoNotFitAreRefused()
    {
        using var obj = TestObject.Load("maps");

        Assert.Throws<ArgumentException>(() => new MappedArray<Pair>(obj.Map("array")));
        Assert.Throws<ArgumentException>(() => new MappedArray<Pair>(obj.Map("hash")));
        Assert.Throws<ArgumentException>(() => new MappedArray<(long, long, long)>(obj.Map("mapped")));
        Assert.Throws<ArgumentException>(() => new MappedArray<uint>(obj.Map("narrow")));
    }

    [RootFact]
    public void ReadingAllocatesNothing()
    {
        using var obj = TestObject.Load("maps");
        using var array = new MappedArray<Pair>(obj.Map("mapped"));
        Sum(array);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Sum(array);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static ulong Sum(MappedArray<Pair> array)
    {
        var sum = 0UL;
        foreach (ref readonly var pair in array.Span)
            sum += pair.First;
        return sum;
    }
}
