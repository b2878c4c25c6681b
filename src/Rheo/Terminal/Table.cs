using System.Text;
using Rheo.Terminal.Live;

namespace Rheo.Terminal;

/// <summary>Rows of text fitted into columns, without borders, as kubectl and ss print: easy to read and to cut with awk.</summary>
public sealed class Table(IReadOnlyList<Column> columns)
{
    private const int Gap = 2;
    private const int NarrowestShrunk = 16;
    private const int LongestEnd = 6; // of what is cut: a colon and a port
    private readonly List<string[]> _rows = [];
    private readonly int[] _widths = columns.Select(column => Math.Max(column.Least, column.Title.Length)).ToArray();
    private int[]? _shown;

    /// <summary>Adds a row, one cell a column. Captured text must have gone through <see cref="Text.Printable"/>.</summary>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Count);
        _rows.Add(cells);
    }

    /// <summary>Whether the rows added so far have room in all columns, none of them cut.</summary>
    public bool Fits(Screen screen)
    {
        Widen();
        return Excess(_widths, [.. Enumerable.Range(0, columns.Count)], screen.Width) <= 0;
    }

    /// <summary>
    /// Prints the rows added since the last time, under a heading the first time. No line is wider than the screen where
    /// the columns allow it; columns never get narrower or fewer again, so that what follows stays aligned.
    /// </summary>
    public void Write(TextWriter output, Screen screen)
    {
        Widen();
        var begun = _shown is not null;
        _shown ??= Choose(screen.Width);
        var widths = Shrink(_shown, screen.Width);
        if (!begun)
            output.WriteLine(screen.Bold(Line(columns.Select(column => column.Title).ToArray(), widths)));
        foreach (var row in _rows)
            output.WriteLine(Line(row, widths));
        _rows.Clear();
    }

    private void Widen()
    {
        foreach (var row in _rows)
        {
            for (var at = 0; at < row.Length; at++)
                _widths[at] = Math.Max(_widths[at], CharacterWidth.Of(row[at]));
        }
    }

    // Leaves out spare columns until the rest fits.
    private int[] Choose(int available)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (Excess(_widths, shown, available) > 0 && shown.MaxBy(at => columns[at].Spare) is var spare && columns[spare].Spare > 0)
            shown.Remove(spare);
        return [.. shown];
    }

    private int[] Shrink(int[] shown, int available)
    {
        var widths = _widths.ToArray();
        for (var excess = Excess(widths, shown, available); excess > 0 && WidestShrinking(widths, shown) is var at and >= 0; excess--)
            widths[at]--;
        return widths;
    }

    private static long Excess(int[] widths, IReadOnlyCollection<int> shown, int available) =>
        shown.Sum(at => (long)widths[at] + Gap) - Gap - available;

    private int WidestShrinking(int[] widths, int[] shown)
    {
        var widest = -1;
        foreach (var at in shown)
        {
            if (columns[at].Shrinks && widths[at] > NarrowestShrunk && (widest < 0 || widths[at] > widths[widest]))
                widest = at;
        }

        return widest;
    }

    // A port, or the number of a process, stands at the end and says more than the middle.
    private static string Cut(string cell, int width)
    {
        var end = CharacterWidth.End(cell, LongestEnd);
        return CharacterWidth.Begin(cell, width - 1 - CharacterWidth.Of(end)) + "…" + end;
    }

    private string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        foreach (var at in _shown!)
        {
            var cell = CharacterWidth.Of(cells[at]) > widths[at] ? Cut(cells[at], widths[at]) : cells[at];
            var room = widths[at] - CharacterWidth.Of(cell);
            line.Append(' ', columns[at].Right ? room : 0).Append(cell).Append(' ', columns[at].Right ? Gap : room + Gap);
        }

        return line.ToString().TrimEnd();
    }
}
