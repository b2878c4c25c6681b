using System.Text;
using Rheo.Model;
using Rheo.Packets;
using Rheo.Terminal;
using Rheo.Terminal.Live;
using Rheo.Terminal.Top;
using Rheo.Tests.Sinks;
using Xunit;
using Frame = Rheo.Terminal.Live.Frame;

namespace Rheo.Tests.Terminal.Top;

public sealed class TopViewTests
{
    private static readonly TopView View = new(Glyphs.Unicode);
    private static readonly TopState Start = new();
    private static readonly Size Common = new(80, 24);

    [Theory]
    [InlineData(20, 5)]
    [InlineData(40, 10)]
    [InlineData(80, 24)]
    [InlineData(120, 30)]
    [InlineData(200, 12)]
    public void RowsFitTheScreen(int width, int height) =>
        Check($"busy.{width}x{height}.txt", View.Render(TopSamples.Busy, new Size(width, height), Start));

    [Theory]
    [InlineData(TopGrouping.Process, 80)]
    [InlineData(TopGrouping.Process, 30)]
    [InlineData(TopGrouping.Container, 160)]
    [InlineData(TopGrouping.Host, 80)]
    public void GroupsAreRowsToo(TopGrouping grouping, int width)
    {
        var frame = View.Render(TopSamples.Grouped(grouping), new Size(width, 10), Start with { Grouping = grouping });

        Check($"by-{grouping.ToString().ToLowerInvariant()}.{width}.txt", frame);
        AssertPrintable(frame);
    }

    [Fact]
    public void DetailsOfAProcessTellWhatItIs()
    {
        var snapshot = TopSamples.Grouped(TopGrouping.Process);
        Check("details-process.txt", View.Render(snapshot with { Selected = snapshot.Rows[0] }, Common, Start with { Panel = TopPanel.Details, Selected = -1 }));
    }

    [Fact]
    public void NothingSeenIsSaid() => Check("empty.txt", View.Render(TopSamples.Empty, Common, Start));

    [Fact]
    public void NothingThatPassesIsSaidWithTheFilter() =>
        Check("nothing-passes.txt", View.Render(TopSamples.Empty with { Live = 3 }, Common, Start with { Filter = FlowFilter.Parse("port 1") }));

    [Fact]
    public void TheFirstFrameSaysWhatItWaitsFor() => Check("loading.txt", View.Render(TopSamples.Loading, Common, Start));

    [Fact]
    public void LossesStandInTheFirstLine() => Check("losing.txt", View.Render(TopSamples.Losing, new Size(100, 12), Start));

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(33)]
    [InlineData(300)]
    public void LossesStandInTheFirstLineHoweverNarrow(int width)
    {
        var first = View.Render(TopSamples.Losing, new Size(width, 4), Start with { IsPaused = true }).ToString().Split('\n')[0];

        Assert.EndsWith(width < 10 ? "LOST 1." : "LOST 1.23k", first, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailsTellEverything() => Check(
        "details.txt", View.Render(TopSamples.Selecting(0), Common, Start with { Panel = TopPanel.Details, Selected = 1, IsPaused = true }));

    [Fact]
    public void DetailsAreFoldedOnANarrowScreenAndEndAboveTheKeys()
    {
        var frame = View.Render(TopSamples.Selecting(0), new Size(40, 10), Start with { Panel = TopPanel.Details, Selected = 1 });

        Check("details.40x10.txt", frame);
        Assert.Equal("q quit  Esc back  PgDn more", frame.ToString().TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void NoWordOfAPanelIsOutOfReachOnANarrowScreen()
    {
        var pages = Enumerable.Range(0, 60).Select(offset => View.Render(TopSamples.Empty, new Size(40, 10), Start with { Panel = TopPanel.Help, PanelOffset = offset }).ToString());
        var seen = string.Join(' ', pages).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();

        Assert.Empty(TopHelp.Lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Except(seen));
    }

    [Fact]
    public void APanelHasNoPageBeyondItsLast()
    {
        var beyond = View.Render(TopSamples.Empty, new Size(40, 10), Start with { Panel = TopPanel.Help, PanelOffset = 1000 }).ToString();

        Assert.Contains("LOST.", beyond, StringComparison.Ordinal);
        Assert.Equal(10, beyond.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void MoreIsOfferedOnlyWhereThereIsMore()
    {
        string Keys(int offset, int height) =>
            View.Render(TopSamples.Empty, new Size(80, height), Start with { Panel = TopPanel.Help, PanelOffset = offset }).ToString().TrimEnd().Split('\n')[^1];

        Assert.Equal("q quit  Esc back  PgDn more", Keys(0, 10));
        Assert.Equal("q quit  Esc back", Keys(1000, 10));
        Assert.Equal("q quit  Esc back", Keys(0, 30));
    }

    [Fact]
    public void WhoWentBeyondTheEndOfAPanelComesBackByOneKey()
    {
        var size = new Size(80, 10);
        var state = Start with { Panel = TopPanel.Help, PanelOffset = 1000 };
        var settled = View.Settled(TopSamples.Empty, size, state);

        Assert.Equal(View.Render(TopSamples.Empty, size, state).ToString(), View.Render(TopSamples.Empty, size, settled).ToString());
        Assert.NotEqual(
            View.Render(TopSamples.Empty, size, settled).ToString(),
            View.Render(TopSamples.Empty, size, settled.Press(KeyName.Up, [], View.Page(size))).ToString());
        Assert.Equal(0, View.Settled(TopSamples.Empty, new Size(80, 40), state).PanelOffset);
    }

    [Fact]
    public void NamesOfWideCharactersAreCutBetweenThem()
    {
        var snapshot = TopSamples.Grouped(TopGrouping.Process);
        foreach (var name in new[] { string.Concat(Enumerable.Repeat("😀", 30)), string.Concat(Enumerable.Repeat("日本", 20)) })
        {
            var rows = snapshot.Rows.Take(1).Select(row => row with { Group = row.Group! with { Name = name, Members = name } }).ToArray();
            foreach (var width in Enumerable.Range(20, 100))
            {
                var text = View.Render(snapshot with { Rows = rows }, new Size(width, 10), Start with { Grouping = TopGrouping.Process }).ToString();

                Assert.DoesNotContain("\\u{", text, StringComparison.Ordinal);
                Assert.Contains("…", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void HostsThatBeginAlikeAreToldApart()
    {
        var snapshot = TopSamples.Grouped(TopGrouping.Host);
        var rows = snapshot.Rows.Take(2).Select((row, at) => row with { Group = row.Group! with { Name = $"2001:db8:85a3:8d3:1319:8a2e:370:734{at}" } }).ToArray();
        var lines = View.Render(snapshot with { Rows = rows }, new Size(40, 10), Start with { Grouping = TopGrouping.Host }).ToString();

        Assert.Contains(":7340 ", lines, StringComparison.Ordinal);
        Assert.Contains(":7341 ", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailsOfTunnelsTellTheirEnds() =>
        Check("details-tunnel.txt", View.Render(TopSamples.Selecting(2), Common, Start with { Panel = TopPanel.Details, Selected = 3 }));

    [Fact]
    public void HelpTellsTheKeys() => Check("help.txt", View.Render(TopSamples.Busy, Common, Start with { Panel = TopPanel.Help }));

    [Fact]
    public void AFilterThatIsWrongIsMarkedAtItsColumn()
    {
        var state = Start with { Prompt = FilterPrompt.Of("tcp and prt 443") };
        var frame = View.Render(TopSamples.Busy, new Size(80, 10), state);

        Check("prompt.txt", frame);
        Assert.Equal((16, 8), frame.Cursor);
    }

    [Fact]
    public void AFilterLongerThanTheScreenShowsTheEndThatIsTyped()
    {
        var state = Start with { Prompt = FilterPrompt.Of("host 192.0.2.1 or host 192.0.2.2 or hst 192.0.2.3") };

        Check("prompt-narrow.txt", View.Render(TopSamples.Busy, new Size(30, 8), state));
    }

    [Fact]
    public void WithoutUnicodeThePicturesAreAscii()
    {
        var text = new TopView(Glyphs.Ascii).Render(TopSamples.Busy, new Size(100, 12), Start).ToString();

        Golden.Check("ascii.txt", text);
        Assert.True(Ascii.IsValid(text));
    }

    [Fact]
    public void LooksAreAsAPersonReadsThem()
    {
        var frame = View.Render(TopSamples.Losing, new Size(80, 12), Start with { Selected = 2, IsPaused = true });

        Golden.Check("looks.txt", frame + Looks(frame));
    }

    [Fact]
    public void TheColumnThatItIsSortedByIsAlwaysShown()
    {
        foreach (var (_, order) in TopState.Orders)
        {
            var frame = View.Render(TopSamples.Busy, Common, Start with { Order = order });

            Assert.Contains(Enumerable.Range(0, 80), column => frame[2][column].Look == (Look.Bold | Look.Reverse));
        }
    }

    [Fact]
    public void NamesAreEscapedAndWideOnesKeepTheColumns()
    {
        var names = new InterfaceNames(index => index == 2 ? "文字" : "a\e[2J\u202eb");
        var text = View.Render(TopSamples.Busy with { Interfaces = names }, new Size(200, 6), Start).ToString();

        Golden.Check("names.txt", text);
    }

    [Fact]
    public void EverySizeCanBeDrawnInEveryState()
    {
        TopState[] states =
        [
            Start, Start with { IsPaused = true, Selected = 3, Offset = 3 }, Start with { Panel = TopPanel.Help, PanelOffset = 4 },
            Start with { Panel = TopPanel.Details, Selected = 3 }, Start with { Prompt = FilterPrompt.Of("文字 port x") },
        ];
        for (var width = 1; width <= 130; width += width < 50 ? 1 : 7)
        {
            for (var height = 1; height <= 12; height += height < 9 ? 1 : 3)
                Assert.All(states, state => View.Render(TopSamples.Losing with { Selected = TopSamples.Losing.Rows[2] }, new Size(width, height), state));
        }
    }

    [Fact]
    public void HostileTextNeverReachesACell()
    {
        foreach (var texts in HostileText.All.Chunk(5))
        {
            var snapshot = TopSamples.Busy with
            {
                Interfaces = new InterfaceNames(index => texts[index % 3]),
                Watched = texts[^1],
                Warning = texts.Length % 2 == 0 ? null : texts[3],
                Selected = TopSamples.Busy.Rows[0],
            };
            AssertPrintable(View.Render(snapshot, new Size(200, 8), Start));
            AssertPrintable(View.Render(snapshot, new Size(60, 12), Start with { Panel = TopPanel.Details, Selected = 1 }));
            AssertPrintable(View.Render(TopSamples.Empty, new Size(60, 8), Start with { Prompt = FilterPrompt.Of(texts[0]) }));
        }
    }

    private static void AssertPrintable(Frame frame)
    {
        var text = frame.ToString().Replace("\n", "", StringComparison.Ordinal);
        Assert.Equal(text, Text.Printable(text));
    }

    private static string Looks(Frame frame)
    {
        var text = new StringBuilder();
        for (var row = 0; row < frame.Size.Height; row++)
        {
            var line = new StringBuilder();
            foreach (var cell in frame[row])
                line.Append(Letter(cell.Look));
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    // Plain, bold, dim, reverse; a capital is a colour.
    private static char Letter(Look look) => (look & ~(Look.Bold | Look.Dim | Look.Reverse)) switch
    {
        Look.Red => 'R',
        Look.Yellow => 'Y',
        Look.Cyan => 'C',
        _ when (look & Look.Reverse) != 0 => 'r',
        _ when (look & Look.Bold) != 0 => 'b',
        _ when (look & Look.Dim) != 0 => 'd',
        _ => ' ',
    };

    private static void Check(string name, Frame frame) => Golden.Check(name, frame.ToString());
}
