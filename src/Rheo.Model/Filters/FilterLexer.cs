namespace Rheo.Model.Filters;

/// <summary>Cuts a filter into tokens.</summary>
internal static class FilterLexer
{
    private const string Breaks = "()!&|";

    public static List<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                break;
            var length = LengthAt(text, at);
            tokens.Add(TokenOf(text.Substring(at, length), at));
            at += length;
        }
        tokens.Add(new FilterToken(FilterTokenKind.End, text.Length, "", ""));
        return tokens;
    }

    private static int LengthAt(string text, int at)
    {
        if (text[at] is '&' or '|')
            return at + 1 < text.Length && text[at + 1] == text[at] ? 2 : 1;
        if (Breaks.Contains(text[at]))
            return 1;
        var end = at;
        var quoted = false;
        for (; end < text.Length && (quoted || !(char.IsWhiteSpace(text[end]) || Breaks.Contains(text[end]))); end++)
            quoted ^= text[end] == '"';
        return end - at;
    }

    private static FilterToken TokenOf(string text, int start)
    {
        var lower = text.ToLowerInvariant();
        var kind = lower switch
        {
            "(" => FilterTokenKind.Open,
            ")" => FilterTokenKind.Close,
            "!" or "not" => FilterTokenKind.Not,
            "&&" or "and" => FilterTokenKind.And,
            "||" or "or" => FilterTokenKind.Or,
            _ => FilterTokenKind.Word,
        };
        return new FilterToken(kind, start, lower, text);
    }
}
