using System.Diagnostics.CodeAnalysis;

namespace Rheo.Model;

/// <content>Text in and out.</content>
public readonly partial struct Address
{
    /// <summary>The longest text of an address: six groups and a dotted quad.</summary>
    public const int MaxTextLength = 45;

    /// <summary>The text that <c>inet_ntop</c> gives: dotted quad, or RFC 5952 (lower case, longest run of zeros as <c>::</c>).</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxTextLength];
        TryFormat(text, out var length);
        return new string(text[..length]);
    }

    /// <summary>Writes the text of <see cref="ToString()"/>; false when the span is too short.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten)
    {
        var text = new TextCursor(destination);
        if (IsIPv4)
            AppendIPv4(ref text, IPv4);
        else
            AppendIPv6(ref text);
        charsWritten = text.Overflowed ? 0 : text.Length;
        return !text.Overflowed;
    }

    /// <inheritdoc/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    /// <summary>Reads a dotted quad or the text of an IPv6 address, without brackets or zone.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Address Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address.");

    /// <summary>Reads a dotted quad or the text of an IPv6 address; false when the text is neither.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address) =>
        text.Contains(':') ? AddressText.TryParseIPv6(text, out address) : AddressText.TryParseIPv4(text, out address);

    /// <inheritdoc/>
    static Address ISpanParsable<Address>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool ISpanParsable<Address>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Address result) => TryParse(s, out result);

    /// <inheritdoc/>
    static Address IParsable<Address>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<Address>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Address result) => TryParse(s, out result);

    private static void AppendIPv4(ref TextCursor text, uint value)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            text.AppendDecimal((value >> shift) & 0xff);
            if (shift > 0)
                text.Append('.');
        }
    }

    private void AppendIPv6(ref TextCursor text)
    {
        var (start, length) = LongestZeroRun();
        for (var group = 0; group < 8; group++)
        {
            if (group == start)
            {
                text.Append(':');
                if (start + length == 8)
                    text.Append(':');
                group += length - 1;
                continue;
            }
            if (group > 0)
                text.Append(':');
            // inet_ntop writes an IPv4-compatible address, six zero groups, with a dotted quad.
            if (group == 6 && start == 0 && length == 6)
            {
                AppendIPv4(ref text, IPv4);
                return;
            }
            text.AppendHex(Group(group));
        }
    }

    private uint Group(int index)
    {
        var half = index < 4 ? Upper : Lower;
        return (uint)(half >> (48 - (16 * (index & 3)))) & 0xffff;
    }

    // RFC 5952, 4.2: the longest run, the first of equals, never a single group.
    private (int Start, int Length) LongestZeroRun()
    {
        var best = (Start: -1, Length: 1);
        for (var group = 0; group < 8;)
        {
            var start = group;
            while (group < 8 && Group(group) == 0)
                group++;
            if (group - start > best.Length)
                best = (start, group - start);
            group = Math.Max(group, start + 1);
        }
        return best;
    }
}
