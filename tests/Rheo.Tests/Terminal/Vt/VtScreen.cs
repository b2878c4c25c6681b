using System.Globalization;
using System.Text;
using Rheo.Terminal.Live;

namespace Rheo.Tests.Terminal.Vt;

/// <summary>
/// A terminal as far as Rheo speaks to one: what was sent to it, as the screen that a person would see. Whatever it does not know
/// is kept in <see cref="Strange"/>, so that a test finds what slipped through.
/// </summary>
internal sealed class VtScreen
{
    private readonly StringBuilder _sequence = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly HashSet<string> _modes = ["?7", "?25"];
    private Cell[] _cells;
    private Cell[] _main;
    private Look _look;
    private (int Column, int Row) _saved;
    private int _column;
    private int _row;
    private char _half;

    public VtScreen(Size size)
    {
        Size = size;
        _cells = Blank();
        _main = Blank();
    }

    public Size Size { get; private set; }

    /// <summary>Sequences and control characters that no frame should hold.</summary>
    public List<string> Strange { get; } = [];

    public bool IsAlternate => _modes.Contains("?1049");

    public bool IsCursorShown => _modes.Contains("?25");

    public bool Wraps => _modes.Contains("?7");

    /// <summary>Between the marks of a synchronized update.</summary>
    public bool IsUpdating => _modes.Contains("?2026");

    public (int Column, int Row) Cursor => (_column, _row);

    public string Text
    {
        get
        {
            var text = new StringBuilder();
            for (var row = 0; row < Size.Height; row++)
                text.Append(Line(row)).Append('\n');
            return text.ToString();
        }
    }

    public void Resize(Size size)
    {
        Size = size;
        _cells = Blank();
        _main = Blank();
    }

    public void Send(ReadOnlySpan<byte> octets)
    {
        var characters = new char[octets.Length + 2];
        var count = _decoder.GetChars(octets, characters, flush: false);
        foreach (var character in characters.AsSpan(0, count))
            Send(character);
    }

    public Cell At(int column, int row) => _cells[(row * Size.Width) + column];

    private string Line(int row)
    {
        var line = new StringBuilder();
        for (var column = 0; column < Size.Width; column++)
        {
            if (At(column, row).Character is var character and not 0)
                line.Append(new Rune(character).ToString());
        }

        return line.ToString().TrimEnd();
    }

    private void Send(char character)
    {
        if (_sequence.Length > 0)
            Continue(character);
        else if (character == '\e')
            _sequence.Append(character);
        else if (char.IsHighSurrogate(character))
            _half = character;
        else if (char.IsLowSurrogate(character))
            Print(new Rune(_half, character));
        else if (character == '\r')
            _column = 0;
        else if (character == '\n')
            _row = Math.Min(_row + 1, Size.Height - 1);
        else if (char.IsControl(character))
            Strange.Add(((int)character).ToString("x2", CultureInfo.InvariantCulture));
        else
            Print(new Rune(character));
    }

    private void Continue(char character)
    {
        _sequence.Append(character);
        var isControlSequence = _sequence.Length > 1 && _sequence[1] == '[';
        if (isControlSequence ? _sequence.Length > 2 && character is >= '@' and <= '~' : character is >= '0' and <= '~' and not '[')
        {
            Act(_sequence.ToString(), _sequence.ToString(2, Math.Max(0, _sequence.Length - 3)), character, isControlSequence);
            _sequence.Clear();
        }
    }

    private void Act(string sequence, string parameters, char final, bool isControlSequence)
    {
        if (!isControlSequence && sequence is not ("\e=" or "\e>"))
            Strange.Add(sequence);
        else if (final == 'H' && isControlSequence)
            MoveTo(parameters);
        else if (sequence == "\e[2J")
            _cells = Blank();
        else if (final == 'm' && isControlSequence)
            _look = LookOf(parameters);
        else if (final is 'h' or 'l' && isControlSequence)
            SetMode(parameters, final == 'h');
        else if (isControlSequence)
            Strange.Add(sequence);
    }

    private void MoveTo(string parameters)
    {
        var numbers = parameters.Split(';').Select(word => word.Length == 0 ? 1 : int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        (_row, _column) = (Math.Min(numbers[0], Size.Height) - 1, numbers.Length > 1 ? Math.Min(numbers[1], Size.Width) - 1 : 0);
    }

    private void SetMode(string mode, bool on)
    {
        if (mode is not ("?1" or "?7" or "?25" or "?1049" or "?2026"))
            Strange.Add($"mode {mode}");
        var changed = on ? _modes.Add(mode) : _modes.Remove(mode);
        if (mode == "?1049" && changed)
        {
            (_cells, _main) = (_main, _cells);
            (_saved, (_column, _row)) = ((_column, _row), on ? (_column, _row) : _saved);
        }

        if (mode == "?1049" && on && changed)
            _cells = Blank();
    }

    private static Look LookOf(string parameters) => parameters.Split(';').Aggregate(Look.Plain, (look, word) => word switch
    {
        "" or "0" => Look.Plain,
        "1" => look | Look.Bold,
        "2" => look | Look.Dim,
        "7" => look | Look.Reverse,
        _ => look | (Look)((word[^1] - '0') << 4),
    });

    private void Print(Rune character)
    {
        var width = CharacterWidth.Of(character);
        // Without wrapping the last column is written over.
        var column = Math.Min(_column, Size.Width - width);
        Put(column, new Cell(character.Value, _look));
        if (width == 2)
            Put(column + 1, new Cell(0, _look));
        _column = Math.Min(column + width, Size.Width);
    }

    // Half a wide character that is left over is blank, as xterm does it.
    private void Put(int column, Cell cell)
    {
        var at = (_row * Size.Width) + column;
        if (cell.Character != 0 && _cells[at].Character == 0 && column > 0)
            _cells[at - 1] = _cells[at - 1] with { Character = ' ' };
        _cells[at] = cell;
        if (column + 1 < Size.Width && _cells[at + 1].Character == 0)
            _cells[at + 1] = _cells[at + 1] with { Character = ' ' };
    }

    private Cell[] Blank()
    {
        var cells = new Cell[Size.Width * Size.Height];
        Array.Fill(cells, Cell.Blank);
        return cells;
    }
}
