using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rheo.Terminal.Live;

/// <summary>
/// Brings frames to a terminal by sending what differs from the last one, in one write between the marks of a synchronized
/// update (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036), so that nothing flickers. Threads: one at a time.
/// </summary>
/// <param name="output">The terminal.</param>
/// <param name="styled">Whether bold, dim, reverse and colour may be sent.</param>
public sealed class FrameWriter(Stream output, bool styled)
{
    // To say a place takes 6 to 8 bytes; unchanged cells up to this many are cheaper sent again.
    private const int WorthAJump = 6;

    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private Frame? _shown;
    private Look _look;
    private (int Column, int Row) _at;

    /// <summary>Forgets what is on the screen: the next frame is sent whole.</summary>
    public void Forget() => _shown = null;

    /// <summary>Sends a frame. Cost: one write, of nothing when nothing has changed.</summary>
    public void Write(Frame frame)
    {
        _buffer.ResetWrittenCount();
        _at = (0, -1);
        Send("\e[?2026h\e[?25l"u8);
        var begin = _buffer.WrittenCount;
        var before = _shown is { } shown && shown.Size == frame.Size ? shown : Cleared(frame.Size);
        for (var row = 0; row < frame.Size.Height; row++)
            WriteRow(frame[row], before[row], row);
        if (_buffer.WrittenCount == begin && before.Cursor == frame.Cursor)
            return;
        UseLook(Look.Plain);
        PlaceCursor(frame.Cursor);
        Send("\e[?2026l"u8);
        output.Write(_buffer.WrittenSpan);
        output.Flush();
        _shown = frame;
    }

    private Frame Cleared(Size size)
    {
        Send("\e[0m\e[H\e[2J"u8);
        _look = Look.Plain;
        _at = (0, 0);
        return new Frame(size);
    }

    private void WriteRow(ReadOnlySpan<Cell> cells, ReadOnlySpan<Cell> before, int row)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column] != before[column])
                WriteCell(cells, column, row);
        }
    }

    private void WriteCell(ReadOnlySpan<Cell> cells, int column, int row)
    {
        // The right half has changed, so the left has, or has been sent in passing.
        if (cells[column].Character == 0)
            return;
        if (_at.Row != row || _at.Column > column || column - _at.Column > WorthAJump)
            MoveTo(column, row);
        while (_at.Column <= column)
            SendCell(cells);
    }

    private void SendCell(ReadOnlySpan<Cell> cells)
    {
        var cell = cells[_at.Column];
        if (cell.Character != 0)
        {
            UseLook(cell.Look);
            var room = _buffer.GetSpan(4);
            _buffer.Advance(new Rune(cell.Character).EncodeToUtf8(room));
        }

        _at.Column++;
        // The terminal's cursor stands behind both halves.
        if (_at.Column < cells.Length && cells[_at.Column].Character == 0)
            _at.Column++;
    }

    private void MoveTo(int column, int row)
    {
        Send("\e["u8);
        SendNumber(row + 1);
        Send(";"u8);
        SendNumber(column + 1);
        Send("H"u8);
        _at = (column, row);
    }

    private void UseLook(Look look)
    {
        if (!styled || look == _look)
            return;
        Send("\e[0"u8);
        if ((look & Look.Bold) != 0)
            Send(";1"u8);
        if ((look & Look.Dim) != 0)
            Send(";2"u8);
        if ((look & Look.Reverse) != 0)
            Send(";7"u8);
        if ((int)look >> 4 is var colour and > 0)
        {
            Send(";3"u8);
            SendNumber(colour);
        }

        Send("m"u8);
        _look = look;
    }

    private void PlaceCursor((int Column, int Row)? cursor)
    {
        if (cursor is not { } place)
            return;
        MoveTo(place.Column, place.Row);
        Send("\e[?25h"u8);
    }

    private void SendNumber(int number)
    {
        var room = _buffer.GetSpan(11);
        number.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        _buffer.Advance(length);
    }

    private void Send(ReadOnlySpan<byte> octets) => _buffer.Write(octets);
}
