using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rheo;

/// <summary>Text that came from outside and goes to a terminal, a log or a page.</summary>
public static class Text
{
    // Everything that is surely harmless: printable ASCII. The common case costs one vectorised look.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(Enumerable.Range(0x20, 0x7f - 0x20).Select(code => (char)code).ToArray());

    /// <summary>
    /// The text with everything escaped that could steer a terminal or mislead a reader: control characters, line and
    /// paragraph separators, bidirectional controls, zero-width characters, lone surrogates. <c>\n</c> becomes <c>\x0a</c>.
    /// </summary>
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
                AppendEscape(result, known ? rune.Value : text[at]);
            at += known ? rune.Utf16SequenceLength : 1;
        }

        return result.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static void AppendEscape(StringBuilder result, int code) =>
        result.Append(code < 0x100 ? $"\\x{code:x2}" : $"\\u{{{code:x}}}");
}
