using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class ProgressLineTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void APipeGetsALineForEachStepAndNoControlCharacters()
    {
        using (var line = new ProgressLine("rheo bench", _output, width: null))
        {
            line.Show(0, 0, "looking");
            line.Show(1, 3, "round\e[2J 1");
        }

        Assert.Equal("rheo bench: looking\nrheo bench: 2/3 round\\x1b[2J 1\n", _output.ToString());
    }

    [Fact]
    public void ATerminalGetsOneLineThatIsTakenAwayAtTheEnd()
    {
        using (var line = new ProgressLine("rheo bench", _output, () => 20))
        {
            line.Show(0, 3, "a step with a long name");
            line.Show(1, 3, "next");
        }

        var text = _output.ToString();
        Assert.DoesNotContain('\n', text);
        Assert.StartsWith("\rrheo bench: 1/3 a s\e[K", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsWrittenWhereNothingWasShown()
    {
        new ProgressLine("rheo bench", _output, () => 80).Dispose();

        Assert.Empty(_output.ToString());
    }
}
