using System.Runtime.InteropServices;
using Xunit;

namespace Rheo.Tests.Bpf;

public sealed class GeneratedLayoutTests
{
    [Fact]
    public void TheRuntimeLaysEachStructOutAsTheCompilerDid() => Assert.Empty(ShapesBpfLayout.Differences());

    [Fact]
    public void TheFlowObjectsRecordsAreLaidOutAsTheCompilerDid() => Assert.Empty(Rheo.Capture.FlowBpfLayout.Differences());

    [Fact]
    public void MembersOfAUnionShareTheirBytes()
    {
        EverythingEither either = default;
        either.Point.Port = 0x1234;
        Assert.Equal(0x1234ul << 32, either.Whole);
    }

    [Fact]
    public void AnArrayOfStructsReadsAsASpan()
    {
        Everything all = default;
        Span<Point> way = all.Way;
        way[32].Port = 7;
        Assert.Equal(7, MemoryMarshal.AsBytes(new ReadOnlySpan<Everything>(in all))[120 + (32 * 8) + 4]);
    }

    [Fact]
    public void EnumsLoseTheirCommonPrefixButNeverBeginWithADigit()
    {
        Assert.Equal(["Red", "DarkBlue", "Last"], Enum.GetNames<ShapeColor>());
        Assert.Equal(["Back", "Stay", "On"], Enum.GetNames<SignedStep>().OrderBy(name => Enum.Parse<SignedStep>(name)));
        Assert.Equal(["Version4", "Version6"], Enum.GetNames<Version>());
        Assert.Equal(0xffffffff00000000ul, (ulong)Wide.Huge);
        Assert.Equal(0x4000u, Limit.Flag);
    }
}
