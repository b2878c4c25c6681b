using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class LayoutTests
{
    [Fact]
    public void GeneratedStructsLieAsTheCompilerLaidThem()
    {
        Assert.Empty(MapsBpfLayout.Differences());
        Assert.Empty(RingBpfLayout.Differences());
        Assert.Empty(PacketsBpfLayout.Differences());
    }
}
