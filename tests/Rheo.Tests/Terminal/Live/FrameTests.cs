using Rheo.Packets;
using Rheo.Terminal.Live;
using Rheo.Tests.Terminal.Vt;
using Xunit;
using Frame = Rheo.Terminal.Live.Frame;

namespace Rheo.Tests.Terminal.Live;

public sealed class FrameTests
{
    private static readonly Size Small = new(20, 3);

    [Fact]
    public void TextEndsAtTheEdgeAndAtTheLimit()
    {
        var frame = new Frame(Small);

        Assert.Equal(20, frame.Put(15, 0, "0123456789"));
        Assert.Equal(5, frame.Put(2, 1, "0123456789", limit: 5));
        Assert.Equal("               01234\n  012\n\n", frame.ToString());
    }

    [Fact]
    public void WideCharactersTakeTwoColumnsAndAreNeverCutInHalf()
    {
        var frame = new Frame(Small);

        Assert.Equal(4, frame.Put(0, 0, "文字"));
        Assert.Equal(4, frame.Put(0, 1, "文字列", limit: 5));
        Assert.Equal("文字\n文字\n\n", frame.ToString());
    }

    [Fact]
    public void WhatIsWrittenOverHalfACharacterTakesTheOtherHalfAway()
    {
        var frame = new Frame(Small);
        frame.Put(0, 0, "文字");

        frame.Put(1, 0, "xy");

        Assert.Equal(" xy\n\n\n", frame.ToString());
    }

    [Fact]
    public void OutsideOfTheScreenNothingHappens()
    {
        var frame = new Frame(Small);

        frame.Put(0, 3, "below");
        frame.Put(0, -1, "above");
        frame.Put(-1, 0, "left");
        frame.Put(20, 0, "right");

        Assert.Equal("\n\n\n", frame.ToString());
    }

    [Fact]
    public void MarksAreShownAsCodesSinceTheyWouldHide()
    {
        var frame = new Frame(Small);

        frame.Put(0, 0, "e\u0301x");

        Assert.StartsWith("e\\u{301}x\n", frame.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyWhatDiffersIsSent()
    {
        var output = new MemoryStream();
        var writer = new FrameWriter(output, styled: true);
        writer.Write(With("one", "two"));
        output.SetLength(0);

        writer.Write(With("one", "too"));
        var changed = System.Text.Encoding.UTF8.GetString(output.ToArray());
        output.SetLength(0);
        writer.Write(With("one", "too"));

        Assert.Equal("\e[?2026h\e[?25l\e[2;2Ho\e[?2026l", changed);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void WithoutStylesNoneAreSent()
    {
        var output = new MemoryStream();
        var frame = new Frame(Small);
        frame.Put(0, 0, "red", Look.Red | Look.Bold | Look.Reverse);

        new FrameWriter(output, styled: false).Write(frame);

        Assert.Equal("\e[?2026h\e[?25l\e[0m\e[H\e[2Jred\e[?2026l", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void TheScreenIsTheFrameWhateverWasThereBefore()
    {
        var random = new Random(7);
        var output = new MemoryStream();
        var writer = new FrameWriter(output, styled: true);
        var screen = new VtScreen(new Size(40, 6));
        for (var round = 0; round < 1000; round++)
        {
            var frame = Scrawled(random, screen.Size);
            output.SetLength(0);
            writer.Write(frame);
            screen.Send(output.ToArray());

            AssertSame(frame, screen);
        }

        Assert.Empty(screen.Strange);
    }

    private static Frame With(params string[] lines)
    {
        var frame = new Frame(Small);
        for (var row = 0; row < lines.Length; row++)
            frame.Put(0, row, lines[row]);
        return frame;
    }

    private static Frame Scrawled(Random random, Size size)
    {
        var frame = new Frame(size);
        for (var left = random.Next(12); left > 0; left--)
        {
            var text = random.Next(3) == 0 ? "文字a列" : HostileText.All[random.Next(HostileText.Count)];
            frame.Put(random.Next(size.Width), random.Next(size.Height), text, (Look)random.Next(8) | (Look)(random.Next(8) << 4));
        }

        frame.Cursor = random.Next(4) == 0 ? (random.Next(size.Width), random.Next(size.Height)) : null;
        return frame;
    }

    private static void AssertSame(Frame frame, VtScreen screen)
    {
        Assert.Equal(frame.ToString(), screen.Text);
        for (var row = 0; row < frame.Size.Height; row++)
        {
            for (var column = 0; column < frame.Size.Width; column++)
                Assert.Equal(frame[row][column], screen.At(column, row));
        }

        Assert.False(screen.IsUpdating);
        Assert.Equal(frame.Cursor is not null, screen.IsCursorShown);
        if (frame.Cursor is { } cursor)
            Assert.Equal(cursor, screen.Cursor);
    }
}
