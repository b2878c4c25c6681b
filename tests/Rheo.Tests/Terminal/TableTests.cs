using Rheo.Terminal;
using Rheo.Terminal.Live;
using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class TableTests
{
    private static readonly Column[] Columns = [new("NAME", Shrinks: true), new("PID", Right: true), new("STATE")];

    [Theory]
    [InlineData("abc")]
    [InlineData("日本語")]
    [InlineData("e\u0301te\u0301")]
    public void WideAndCombiningCharactersTakeTheColumnsThatATerminalGivesThem(string name)
    {
        var lines = Print(80, [name, "1", "on"], ["0123456789", "22", "off"]);

        Assert.Equal(["", "10", "10"], lines.Select((line, at) => at == 0 ? "" : $"{ColumnOf(line, at == 1 ? "1" : "22") + (at == 1 ? -1 : 0) - 3}"));
        Assert.Equal(ColumnOf(lines[0], "STATE"), ColumnOf(lines[1], "on"));
    }

    [Fact]
    public void NoCharacterIsCutInHalves()
    {
        foreach (var width in Enumerable.Range(20, 40))
        {
            var lines = Print(width, [string.Concat(Enumerable.Repeat("😀", 40)), "1", "on"]);

            Assert.DoesNotContain('\ufffd', string.Concat(lines.SelectMany(line => line.EnumerateRunes()).Select(rune => rune.ToString())));
            Assert.InRange(CharacterWidth.Of(lines[1]), 1, Math.Max(width, 16 + 2 + 3 + 2 + 5));
        }
    }

    private static string[] Print(int width, params string[][] rows)
    {
        var table = new Table(Columns);
        foreach (var row in rows)
            table.Add(row);
        using var output = new StringWriter();
        table.Write(output, new Screen(Styled: false, width));
        return output.ToString().TrimEnd('\n').Split('\n');
    }

    private static int ColumnOf(string line, string text) => CharacterWidth.Of(line.AsSpan(0, line.IndexOf(text, StringComparison.Ordinal)));
}
