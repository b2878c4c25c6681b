using System.Text;
using Rheo.Sinks;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class FlowWriterTests
{
    [Fact]
    public void JsonLinesReadAsPublished() =>
        Golden.Check("flows.jsonl", Print(stream => new JsonLinesWriter(stream, Samples.Interfaces)));

    [Fact]
    public void CsvReadsAsPublished() =>
        Golden.Check("flows.csv", Print(stream => new CsvWriter(stream, Samples.Interfaces)));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void TheTableFitsTheTerminal(int width)
    {
        var text = Print(stream => new FlowTable(Writer(stream), new Screen(Styled: false, width), Samples.Interfaces, wide: false));

        Golden.Check($"flows.table.{width}.txt", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void TheWideTableShowsEverything() =>
        Golden.Check("flows.wide.txt", Print(stream => new FlowTable(Writer(stream), Screen.None, Samples.Interfaces, wide: true)));

    [Fact]
    public void TheWideTableIsNotCutOnANarrowTerminal() => Assert.Equal(
        Print(stream => new FlowTable(Writer(stream), Screen.None, Samples.Interfaces, wide: true)),
        Print(stream => new FlowTable(Writer(stream), new Screen(Styled: false, 80), Samples.Interfaces, wide: true)));

    [Fact]
    public void RowsPrintedLaterStayUnderTheSameHeading()
    {
        var stream = new MemoryStream();
        var table = new FlowTable(Writer(stream), new Screen(Styled: false, 120), Samples.Interfaces, wide: false, follow: true);
        foreach (var flow in Samples.All)
        {
            table.Write(flow);
            table.Flush();
        }

        Golden.Check("flows.follow.txt", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-x", "'-x")]
    [InlineData("@x", "'@x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=\"a\"", "\"'=\"\"a\"\"\"")]
    public void CellsAreQuotedAndNeverFormulas(string text, string expected) => Assert.Equal(expected, CsvWriter.Cell(text));

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false));

    private static string Print(Func<Stream, IFlowWriter> open)
    {
        var stream = new MemoryStream();
        var writer = open(stream);
        foreach (var flow in Samples.All)
            writer.Write(flow);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
