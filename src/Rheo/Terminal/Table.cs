using System.Text;

namespace Rheo.Terminal;

/// <summary>Rows of text fitted into columns, without borders, as kubectl and ss print: easy to read and to cut with awk.</summary>
public sealed class Table(IReadOnlyList<Column> columns)
{
    private const int Gap = 2;
    private const int NarrowestShrunk = 12;
    private readonly List<string[]> _rows = [];
    private readonly int[] _widths = columns.Select(column => column.Title.Length).ToArray();
    private bool _begun;

    /// <summary>Adds a row, one cell a column. Captured text must have gone through <see cref="Text.Printable"/>.</summary>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Count);
        _rows.Add(cells);
    }

    /// <summary>
    /// Prints the rows added since the last time, under a heading the first time. No line is wider than the screen where
    /// the shrinking columns allow it; columns never get narrower again, so that what follows stays aligned.
    /// </summary>
    public void Write(TextWriter output, Screen screen)
    {
        var widths = Fit(screen.Width);
        if (!_begun)
            output.WriteLine(screen.Bold(Line(columns.Select(column => column.Title).ToArray(), widths)));
        foreach (var row in _rows)
            output.WriteLine(Line(row, widths));
        _begun = true;
        _rows.Clear();
    }

    private int[] Fit(int available)
    {
        foreach (var row in _rows)
        {
            for (var at = 0; at < row.Length; at++)
                _widths[at] = Math.Max(_widths[at], row[at].Length);
        }

        var widths = _widths.ToArray();
        var excess = widths.Sum(width => (long)width + Gap) - Gap - available;
        while (excess > 0 && WidestShrinking(widths) is var at and >= 0)
        {
            widths[at]--;
            excess--;
        }

        return widths;
    }

    private int WidestShrinking(int[] widths)
    {
        var widest = -1;
        for (var at = 0; at < widths.Length; at++)
        {
            if (columns[at].Shrinks && widths[at] > NarrowestShrunk && (widest < 0 || widths[at] > widths[widest]))
                widest = at;
        }

        return widest;
    }

    private string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var at = 0; at < cells.Length; at++)
        {
            var cell = cells[at].Length > widths[at] ? cells[at][..(widths[at] - 1)] + "…" : cells[at];
            line.Append(columns[at].Right ? cell.PadLeft(widths[at]) : cell.PadRight(widths[at]));
            line.Append(' ', Gap);
        }

        return line.ToString().TrimEnd();
    }
}
