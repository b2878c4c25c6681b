using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>When the slots that hold no flow are read.</summary>
public sealed class InsertionsTests
{
    private readonly Insertions _insertions = new();

    [Fact]
    public void SlotsWithoutAFlowAreReadUntilTwoScansFoundNothingNew()
    {
        Assert.Equal([true, true, false, false], Asked(7, 7, 7, 7));
        Assert.Equal([true, true, true, false], Asked(8, 9, 9, 9));
    }

    [Fact]
    public void TheyAreReadAtOnceWhenAFlowCame()
    {
        Asked(7, 7, 7, 7);

        Assert.Equal([true, true, false], Asked(8, 8, 8));
    }

    [Fact]
    public void TheyAreReadNowAndThenWhateverIsCounted()
    {
        var asked = Asked([.. Enumerable.Repeat(7UL, 40)]);

        Assert.All(Enumerable.Range(0, 32), from => Assert.Contains(true, asked[from..(from + 8)]));
    }

    private bool[] Asked(params ulong[] counts) => [.. counts.Select(_insertions.MayHaveNew)];
}
