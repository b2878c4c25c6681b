using System.Globalization;

namespace Rheo.Model.Filters;

/// <summary>A key whose values are numbers: <c>bytes:&gt;1M</c>, <c>rtt:1ms..10ms</c>, <c>vni:42</c>.</summary>
/// <param name="name">The word.</param>
/// <param name="meaning">What it asks of a conversation.</param>
/// <param name="values">What fits after the colon.</param>
/// <param name="units">Suffixes, the longer before those that they end with, and what each is worth.</param>
/// <param name="number">The number of a conversation.</param>
internal sealed class NumberKey(
    string name, string meaning, string values, (string Suffix, double Worth)[] units, ConversationNumber number) : FilterKey(name, meaning, values)
{
    private const string Between = "..";

    /// <summary>A number alone is meant to the digit. Of a measure nobody means that.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether the number is a rate, which an outline does not have.</summary>
    public bool NeedsView { get; init; }

    public override string ShellAdvice => " (in quotes where it has > or <: the shell takes them for itself)";

    protected override FilterNode ReadOne(string value, int column) => new NumberTerm(number, ReadRange(value, column), NeedsView);

    private NumberRange ReadRange(string value, int column)
    {
        if (value.StartsWith(">=", StringComparison.Ordinal))
            return new NumberRange(Amount(value, 2, column), double.PositiveInfinity);
        if (value.StartsWith("<=", StringComparison.Ordinal))
            return new NumberRange(double.NegativeInfinity, Amount(value, 2, column));
        if (value.StartsWith('>'))
            return new NumberRange(Amount(value, 1, column), double.PositiveInfinity, WithoutLeast: true);
        if (value.StartsWith('<'))
            return new NumberRange(double.NegativeInfinity, Amount(value, 1, column), WithoutGreatest: true);
        return value.IndexOf(Between, StringComparison.Ordinal) is >= 0 and var at
            ? ReadBetween(value, at, column)
            : ReadExact(value, column);
    }

    private NumberRange ReadBetween(string value, int at, int column)
    {
        var least = at == 0 ? double.NegativeInfinity : Amount(value[..at], 0, column);
        var rest = at + Between.Length;
        var greatest = rest == value.Length ? double.PositiveInfinity : Amount(value, rest, column);
        return value.Length > Between.Length && least <= greatest ? new NumberRange(least, greatest) : throw Unexpected(value, column);
    }

    private NumberRange ReadExact(string value, int column)
    {
        var amount = Amount(value, 0, column);
        return IsExact ? new NumberRange(amount, amount) : throw Unexpected(value, column, $"{Name}:>{value}");
    }

    private double Amount(string value, int start, int column)
    {
        var text = value.AsSpan(start);
        foreach (var (suffix, worth) in units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return TryRead(text[..^suffix.Length], out var digits) ? digits * worth : throw Unexpected(value[start..], column + start);
        }
        return TryRead(text, out var plain) ? plain : throw Unexpected(value[start..], column + start);
    }

    private bool TryRead(ReadOnlySpan<char> digits, out double number)
    {
        number = 0;
        return digits.Length is > 0 and <= 20
            && char.IsAsciiDigit(digits[0])
            && (!IsExact || !digits.Contains('.'))
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
