using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rheo;

/// <summary>Text that came from outside and goes to a terminal, a log or a page.</summary>
public static class Text
{
    /// <summary>1,000: a dozen lines of a terminal.</summary>
    private const int LongestMessage = 1000;

    // Everything that is surely harmless: printable ASCII. The common case costs one vectorised look.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(Enumerable.Range(0x20, 0x7f - 0x20).Select(code => (char)code).ToArray());

    /// <summary>
    /// The text with everything escaped that could steer a terminal or mislead a reader: control characters, line and
    /// paragraph separators, bidirectional controls, zero-width and invisible characters, lone surrogates. <c>\n</c> becomes <c>\x0a</c>.
    /// </summary>
    /// <remarks>
    /// A backslash stays as it is: what is printable is not changed by being printed again, and a path or a pattern reads as it was written. So a text
    /// may look like another that was escaped; JSON and YAML say exactly what was there, and labels of metrics double it first.
    /// </remarks>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
            return text;
        var result = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length;)
        {
            var known = Rune.TryGetRuneAt(text, at, out var rune);
            if (known && IsPrintable(rune))
                result.Append(rune.ToString());
            else
                result.Append(Escape(known ? rune.Value : text[at]));
            at += known ? rune.Utf16SequenceLength : 1;
        }

        return result.ToString();
    }

    /// <summary>The text as a line of a message: printable, and without its middle where it is long. Whoever wrote a page into a word knows what was in it.</summary>
    public static string Message(string text)
    {
        var whole = Printable(text);
        return whole.Length <= LongestMessage
            ? whole
            : string.Concat(whole.AsSpan(0, Between(whole, LongestMessage * 2 / 3)), " … ", whole.AsSpan(Between(whole, whole.Length - (LongestMessage / 3))));
    }

    /// <summary>How a character is shown that cannot be shown itself: <c>\x1b</c>, <c>\u{202e}</c>.</summary>
    public static string Escape(int code) => code < 0x100 ? $"\\x{code:x2}" : $"\\u{{{code:x}}}";

    // A place between two characters, not within one.
    private static int Between(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static bool IsPrintable(Rune rune) => !IsInvisible(rune.Value) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // Spaces that are none of ours, fillers, and variation selectors: letters or marks by their category, and nothing to the eye.
    private static bool IsInvisible(int code) => code is 0xa0 or 0x34f or 0x115f or 0x1160 or 0x1680 or 0x17b4 or 0x17b5
        or (>= 0x180b and <= 0x180f) or (>= 0x2000 and <= 0x200f) or 0x202f or 0x205f or 0x2800 or 0x3000 or 0x3164
        or (>= 0xfe00 and <= 0xfe0f) or 0xffa0 or (>= 0xe0000 and <= 0xe0fff);
}
