using System.Globalization;
using Rheo.Model;
using Rheo.Terminal.Live;

namespace Rheo.Terminal.Top;

/// <summary>Draws the live view: the same snapshot, size and state give the same frame. Threads: one at a time.</summary>
/// <param name="glyphs">The characters to draw with.</param>
/// <param name="keys">Whether there is somebody at the keys: then the last line names them.</param>
public sealed class TopView(Glyphs glyphs, bool keys = true)
{
    // Below these the second line, the headings, the keys make room for rows.
    private const int RoomForSettings = 8;
    private const int RoomForTitles = 3;
    private const int RoomForKeys = 6;

    private readonly TopColumns[] _columns = [.. Enum.GetValues<TopGrouping>().Select(grouping => new TopColumns(glyphs, grouping))];

    /// <summary>Rows that a screen of this size shows.</summary>
    public int Page(Size size) => Math.Max(1, size.Height - Above(size.Height) - Below(size.Height));

    /// <summary>Draws.</summary>
    public Frame Render(TopSnapshot snapshot, Size size, TopState state)
    {
        var frame = new Frame(size);
        TopHeader.Draw(frame, snapshot, state, glyphs);
        if (size.Height >= RoomForSettings)
            TopHeader.DrawSettings(frame, 1, snapshot, state);
        var lines = Lines(snapshot, size, state);
        if (lines is not null)
            DrawLines(frame, lines, Math.Min(state.PanelOffset, Beyond(lines, size)));
        else
            DrawRows(frame, snapshot, state);
        if (state.Prompt is { } prompt)
            DrawPrompt(frame, prompt);
        else if (Below(size.Height) > 0)
            DrawKeys(frame, snapshot, state, hasMore: lines is not null && state.PanelOffset < Beyond(lines, size));
        return frame;
    }

    /// <summary>The state fitted to what there is: neither rows nor a panel are scrolled beyond their end.</summary>
    public TopState Settled(TopSnapshot snapshot, Size size, TopState state) =>
        state.Settled(snapshot.Rows.Count, Page(size), Lines(snapshot, size, state) is { } lines ? Beyond(lines, size) : 0);

    // What lies over the rows, folded to the screen; null: nothing does.
    private List<string>? Lines(TopSnapshot snapshot, Size size, TopState state)
    {
        var lines = state.Panel == TopPanel.Help ? TopHelp.Lines
            : state.Panel == TopPanel.Details && snapshot.Selected is { } row ? TopDetails.Lines(row, snapshot, glyphs) : null;
        return lines is null ? null : [.. PanelLines.Fold(lines, size.Width - 1)];
    }

    // The last page stays full: so many lines can be above it.
    private int Beyond(List<string> lines, Size size) => Math.Max(0, lines.Count - (size.Height - Below(size.Height) - PanelTop(size)));

    private static int PanelTop(Size size) => size.Height >= RoomForSettings ? 3 : 1;

    private static int Above(int height) => 1 + (height >= RoomForSettings ? 1 : 0) + (height >= RoomForTitles ? 1 : 0);

    private int Below(int height) => keys && height >= RoomForKeys ? 1 : 0;

    private void DrawLines(Frame frame, List<string> lines, int skip)
    {
        var row = PanelTop(frame.Size);
        foreach (var line in lines.Skip(skip).Take(frame.Size.Height - Below(frame.Size.Height) - row))
            frame.Put(1, row++, line);
    }

    private void DrawRows(Frame frame, TopSnapshot snapshot, TopState state)
    {
        var columns = _columns[(int)snapshot.Grouping];
        var places = columns.Fit(frame.Size.Width, state.Order);
        (columns.Interfaces, columns.NowNs) = (snapshot.Interfaces, snapshot.TimeNs);
        var top = Above(frame.Size.Height);
        if (frame.Size.Height >= RoomForTitles)
            DrawTitles(frame, top - 1, places, state.Order);
        var page = Page(frame.Size);
        var offset = state.Settled(snapshot.Rows.Count, page).Offset;
        for (var at = 0; at < page && offset + at < snapshot.Rows.Count; at++)
            DrawRow(frame, top + at, places, snapshot.Rows[offset + at], state);
        if (snapshot.Rows.Count == 0 && snapshot.Activity is null)
            frame.Put(1, top, state.Filter.Text.Length > 0 ? "no conversation passes the filter" : "no conversation yet", Look.Dim);
    }

    private static void DrawTitles(Frame frame, int row, List<(TopColumn Column, int Start, int Width)> places, ConversationOrder order)
    {
        foreach (var (column, start, width) in places)
        {
            var title = column.Title.Length > width ? column.Title[..width] : column.Title;
            var look = column.Order == order ? Look.Bold | Look.Reverse : Look.Bold;
            frame.Put(column.IsRight ? start + width - title.Length : start, row, title, look);
        }
    }

    private static void DrawRow(Frame frame, int row, List<(TopColumn Column, int Start, int Width)> places, TopRow shown, TopState state)
    {
        var ended = shown.Flow.End != EndReason.None;
        foreach (var (column, start, width) in places)
        {
            var text = column.Text(shown, width);
            var indent = column.IsRight ? Math.Max(0, width - text.Length) : 0;
            frame.Put(start + indent, row, text, ended ? Look.Dim : column.Look, start + width);
        }

        if (shown.Flow.Id != state.Selected)
            return;
        frame.Put(0, row, ">");
        frame.Paint(row, Look.Reverse);
    }

    private void DrawKeys(Frame frame, TopSnapshot snapshot, TopState state, bool hasMore)
    {
        var row = frame.Size.Height - 1;
        var column = 0;
        foreach (var (key, meaning) in Keys(state, hasMore))
        {
            if (column + key.Length + meaning.Length + 1 > frame.Size.Width)
                break;
            column = frame.Put(frame.Put(column, row, key, Look.Bold) + 1, row, meaning, Look.Dim) + 2;
        }

        var place = state is { Panel: TopPanel.None, Offset: > 0 } ? Place(snapshot, state, frame.Size) : "";
        if (column + place.Length <= frame.Size.Width)
            frame.Put(frame.Size.Width - place.Length, row, place, Look.Dim);
    }

    private static IEnumerable<(string Key, string Meaning)> Keys(TopState state, bool hasMore) => state.Panel == TopPanel.None
        ? [("q", "quit"), ("/", "filter"), ("s", "sort"), ("g", "group"), ("space", state.IsPaused ? "go on" : "pause"), ("Enter", "details"), ("?", "help")]
        : hasMore ? [("q", "quit"), ("Esc", "back"), ("PgDn", "more")]
        : [("q", "quit"), ("Esc", "back")];

    private string Place(TopSnapshot snapshot, TopState state, Size size)
    {
        var last = Math.Min(state.Offset + Page(size), snapshot.Rows.Count);
        return string.Create(CultureInfo.InvariantCulture, $"rows {state.Offset + 1} to {last}");
    }

    // The filter, and under it where it is wrong and why. What is left of the caret scrolls away when there is no room.
    private static void DrawPrompt(Frame frame, FilterPrompt prompt)
    {
        var isTall = frame.Size.Height >= RoomForKeys;
        var row = frame.Size.Height - (isTall ? 2 : 1);
        for (var at = row; at < frame.Size.Height; at++)
            frame.Clear(at);
        var begin = Begin(prompt, frame.Size.Width - 2);
        frame.Put(0, row, "/", Look.Bold);
        var caret = frame.Put(1, row, prompt.Text[begin..prompt.Caret]);
        frame.Put(caret, row, prompt.Text[prompt.Caret..]);
        frame.Cursor = (Math.Min(caret, frame.Size.Width - 1), row);
        if (isTall)
            DrawJudgement(frame, row + 1, prompt, begin);
    }

    private static void DrawJudgement(Frame frame, int row, FilterPrompt prompt, int begin)
    {
        if (prompt.Error is not { } error)
        {
            frame.Put(1, row, prompt.Text.Length == 0 ? "tcp and port 443, state:established, ...; empty: everything" : "Enter: use it, Esc: leave it", Look.Dim);
            return;
        }

        var mark = 1 + Columns(prompt.Text[begin..Math.Clamp(error.Column - 1, begin, prompt.Text.Length)]);
        var message = error.Suggestion is { } word ? $"did you mean '{word}'?" : $"expected {error.Expected}";
        if (mark + 2 + message.Length <= frame.Size.Width)
            frame.Put(mark, row, "^ " + message, Look.Red);
        else if (mark > message.Length + 1)
            frame.Put(mark - message.Length - 1, row, message + " ^", Look.Red);
        else
            frame.Put(1, row, string.Create(CultureInfo.InvariantCulture, $"column {error.Column}: {message}"), Look.Red);
    }

    private static int Begin(FilterPrompt prompt, int room)
    {
        var begin = 0;
        while (begin < prompt.Caret && Columns(prompt.Text[begin..prompt.Caret]) > room)
            begin += char.IsHighSurrogate(prompt.Text[begin]) ? 2 : 1;
        return begin;
    }

    private static int Columns(string text) => CharacterWidth.Of(Text.Printable(text));
}
