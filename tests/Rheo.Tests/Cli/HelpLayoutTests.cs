using Rheo.Cli;
using Xunit;

namespace Rheo.Tests.Cli;

public sealed class HelpLayoutTests
{
    private const string Text =
        """
        Examples:
          rheo flows --a-flag-that-is-long                what it is for

        One sentence that is
        broken somewhere. Another.
        """;

    [Fact]
    public void WhatFitsStaysAsItIs() => Assert.Equal(
        "Examples:\n  rheo flows --a-flag-that-is-long                what it is for\n\nOne sentence that is broken somewhere. Another.", HelpLayout.Fit(Text, 80));

    [Fact]
    public void WhereItIsNarrowAnExampleStaysWholeAndItsMeaningGoesBelow() => Assert.Equal(
        "Examples:\n  rheo flows --a-flag-that-is-long\n      what it is for\n\nOne sentence that is\nbroken somewhere.\nAnother.", HelpLayout.Fit(Text, 21));

    [Theory]
    [InlineData(0, 80)]
    [InlineData(1, 20)]
    [InlineData(5, 20)]
    [InlineData(60, 60)]
    [InlineData(300, 120)]
    public void TheWidthIsTheTerminalsWithinReason(int columns, int width) => Assert.Equal(width, HelpLayout.WidthOf(columns));
}
