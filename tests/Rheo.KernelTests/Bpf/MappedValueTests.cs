using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class MappedValueTests
{
    [RootFact]
    public void WhatIsSetIsSeenByWhoReadsTheMap()
    {
        using var obj = TestObject.Load("maps");
        using var array = new MappedArray<ulong>(obj.Map("mapped"));
        using var value = new MappedValue<ulong>(obj.Map("mapped"));
        Assert.Equal(0UL, value.Value);

        value.Value = 7;

        Assert.Equal((7UL, 7UL, 0UL), (value.Value, array[0], array[1]));
    }

    [RootFact]
    public void MapsThatCannotBeMappedAreRefused()
    {
        using var obj = TestObject.Load("maps");

        Assert.Throws<ArgumentException>(() => new MappedValue<ulong>(obj.Map("array")));
        Assert.Throws<ArgumentException>(() => new MappedValue<ulong>(obj.Map("hash")));
        Assert.Throws<ArgumentException>(() => new MappedValue<(long, long)>(obj.Map("mapped")));
    }
}
