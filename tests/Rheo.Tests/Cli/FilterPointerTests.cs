using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Cli;

public sealed class FilterPointerTests
{
    [Fact]
    public void TheArrowStandsUnderTheColumn() =>
        Assert.EndsWith("\n  tcp and prt 80\n          ^", Show("tcp and prt 80"), StringComparison.Ordinal);

    [Fact]
    public void AnEscapedCharacterMovesTheArrowAlong()
    {
        var lines = Show("tcp\n\e and prt").Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Equal(lines[1].IndexOf("\\x1b", StringComparison.Ordinal), lines[2].IndexOf('^'));
    }

    [Fact]
    public void ALongFilterIsCutAroundThePlace()
    {
        var lines = Show(string.Concat(Enumerable.Repeat("tcp or ", 500)) + "prt 80" + new string(' ', 500)).Split('\n');

        Assert.InRange(lines[1].Length, 60, 110);
        Assert.Equal("prt", lines[1].Substring(lines[2].IndexOf('^'), 3));
    }

    private static string Show(string filter) => FilterPointer.Show(filter, Assert.Throws<FilterException>(() => FlowFilter.Parse(filter)));
}
