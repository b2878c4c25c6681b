using System.Text;

namespace Rheo.Terminal.Live;

/// <summary>A screen full of cells. No cell can hold what steers a terminal: text is made printable where it is put in.</summary>
public sealed class Frame
{
    private readonly Cell[] _cells;

    /// <summary>A blank screen.</summary>
    public Frame(Size size)
    {
        Size = size;
        _cells = new Cell[size.Width * size.Height];
        Array.Fill(_cells, Cell.Blank);
    }

    /// <summary>Columns and rows.</summary>
    public Size Size { get; }

    /// <summary>Where the cursor is shown; null: nowhere.</summary>
    public (int Column, int Row)? Cursor { get; set; }

    /// <summary>One row of cells.</summary>
    public ReadOnlySpan<Cell> this[int row] => _cells.AsSpan(row * Size.Width, Size.Width);

    /// <summary>Puts text at a place, as much of it as fits before the limit. Places outside of the screen take nothing.</summary>
    /// <param name="column">Where it begins.</param>
    /// <param name="row">In which row.</param>
    /// <param name="text">The text; what is not printable is escaped.</param>
    /// <param name="look">How it looks.</param>
    /// <param name="limit">The column before which it ends at the latest.</param>
    /// <returns>The column after it.</returns>
    public int Put(int column, int row, string text, Look look = Look.Plain, int limit = int.MaxValue)
    {
        if (row < 0 || row >= Size.Height || column < 0)
            return column;
        limit = Math.Min(limit, Size.Width);
        foreach (var character in Text.Printable(text).EnumerateRunes())
        {
            var width = CharacterWidth.Of(character);
            // A mark has no cell of its own, and must not be hidden either.
            if (width == 0)
                column = Put(column, row, Text.Escape(character.Value), look, limit);
            else if (column + width > limit)
                break;
            else
                Place(column, row, new Cell(character.Value, look), width);
            column += width;
        }

        return column;
    }

    /// <summary>Blanks a row.</summary>
    public void Clear(int row)
    {
        if (row >= 0 && row < Size.Height)
            _cells.AsSpan(row * Size.Width, Size.Width).Fill(Cell.Blank);
    }

    /// <summary>Adds a look to every cell of a row.</summary>
    public void Paint(int row, Look look)
    {
        if (row < 0 || row >= Size.Height)
            return;
        foreach (ref var cell in _cells.AsSpan(row * Size.Width, Size.Width))
            cell = cell with { Look = cell.Look | look };
    }

    /// <summary>The screen as lines of text without trailing blanks.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = 0; row < Size.Height; row++)
            text.Append(Line(row)).Append('\n');
        return text.ToString();
    }

    private string Line(int row)
    {
        var line = new StringBuilder(Size.Width);
        foreach (var cell in this[row])
        {
            if (cell.Character != 0)
                line.Append(new Rune(cell.Character).ToString());
        }

        return line.ToString().TrimEnd();
    }

    private void Place(int column, int row, Cell cell, int width)
    {
        var at = (row * Size.Width) + column;
        // Half a wide character is no character.
        if (_cells[at].Character == 0 && column > 0)
            _cells[at - 1] = _cells[at - 1] with { Character = ' ' };
        _cells[at] = cell;
        if (width == 2)
            _cells[at + 1] = cell with { Character = 0 };
        var next = at + width;
        if (column + width < Size.Width && _cells[next].Character == 0)
            _cells[next] = _cells[next] with { Character = ' ' };
    }
}
