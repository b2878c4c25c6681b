using Rheo.Bpf;
using Xunit;

namespace Rheo.Tests.Bpf;

/// <summary>CPUs are counted, and have numbers, of which some may be left out.</summary>
public sealed class PossibleCpusTests
{
    [Theory]
    [InlineData("0\n", 1)]
    [InlineData("0-127\n", 128)]
    [InlineData("0,2-3", 4)]
    [InlineData("0-3,8", 9)]
    [InlineData("", 0)]
    public void TheHighestNumberIsTheLastOfTheList(string list, int numbers) => Assert.Equal(numbers, PossibleCpus.NumbersOf(list));

    [Fact]
    public void ThereAreAtLeastAsManyNumbersAsCpus() => Assert.InRange(PossibleCpus.Numbers, PossibleCpus.Count, int.MaxValue);
}
