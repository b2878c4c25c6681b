using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class ScreenTests
{
    [Theory]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=xterm NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    [InlineData("", false)]
    public void ATerminalIsStyledUnlessTold(string environment, bool styled) =>
        Assert.Equal(new Screen(styled, 100), Decide(redirected: false, environment));

    [Theory]
    [InlineData("TERM=xterm", false)]
    [InlineData("TERM=xterm CLICOLOR_FORCE=1", true)]
    [InlineData("TERM=xterm CLICOLOR_FORCE=0", false)]
    [InlineData("TERM=xterm CLICOLOR_FORCE=1 NO_COLOR=1", false)]
    public void APipeIsPlainAndNeverCut(string environment, bool styled) =>
        Assert.Equal(new Screen(styled, int.MaxValue), Decide(redirected: true, environment));

    private static Screen Decide(bool redirected, string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return Screen.Decide(redirected, variables.GetValueOrDefault, () => 100);
    }
}
