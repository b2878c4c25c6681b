using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class GlyphsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("LANG=C.UTF-8", true)]
    [InlineData("LANG=de_DE.utf8", true)]
    [InlineData("LANG=C", false)]
    [InlineData("LC_ALL=C LANG=C.UTF-8", false)]
    [InlineData("LANG=en_US.ISO-8859-1", false)]
    [InlineData("TERM=linux LANG=C.UTF-8", false)]
    public void BlocksAreDrawnWhereTheLocaleKnowsThem(string environment, bool unicode)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(unicode ? Glyphs.Unicode : Glyphs.Ascii, Glyphs.Decide(variables.GetValueOrDefault));
    }
}
