using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>When a CPU looks whether the reader of a ring is to be called.</summary>
public sealed class RingLookTests
{
    private const int Ring = 4 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(128)]
    [InlineData(1024)]
    public void HoweverManyCpusThereAreAQuarterOfTheRingAtMostIsNotLookedAt(int cpus) =>
        Assert.InRange((long)cpus * RingLook.BytesOfACpu(Ring, cpus), 1, Ring / 4);

    [Fact]
    public void WhereThereAreFewALookIsRare() => Assert.Equal((uint)Ring / 16, RingLook.BytesOfACpu(Ring, 2));
}
