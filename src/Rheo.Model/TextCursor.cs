namespace Rheo.Model;

/// <summary>Writes characters into a span and remembers when they did not fit.</summary>
internal ref struct TextCursor(Span<char> destination)
{
    private readonly Span<char> _destination = destination;

    public int Length { get; private set; }

    public bool Overflowed { get; private set; }

    public void Append(char value)
    {
        if (Length < _destination.Length)
            _destination[Length++] = value;
        else
            Overflowed = true;
    }

    public void AppendDecimal(uint value)
    {
        if (value >= 10)
            AppendDecimal(value / 10);
        Append((char)('0' + (value % 10)));
    }

    public void AppendHex(uint value)
    {
        if (value >= 16)
            AppendHex(value >> 4);
        Append("0123456789abcdef"[(int)(value & 15)]);
    }
}
