using Rheo.Cli;
using Xunit;

namespace Rheo.Tests.Cli;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("10", 10_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    public void UnitsAreThoseThatPeopleWrite(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("3x")]
    [InlineData("1e3s")]
    [InlineData("999999d")]
    [InlineData("NaNs")]
    public void AnythingElseIsRefused(string text) => Assert.False(Duration.TryParse(text, out _));
}
