namespace Rheo.Model.Filters;

/// <content>Terms of a key and its values: <c>state:established,fin_wait</c>.</content>
internal sealed partial class FilterParser
{
    // "fe80::1" has a colon too, and so has an address with a mistake in it.
    private static bool IsKeyed(string word)
    {
        var colon = word.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(word[0]))
            return false;
        foreach (var letter in word.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.'))
                return false;
        }
        return !Prefix.TryParse(word, out _) && !LooksLikeAddress(word);
    }

    private static bool LooksLikeAddress(string word) =>
        word.AsSpan().Count(':') > 1 && !word.AsSpan().ContainsAnyExcept("0123456789abcdef:./");

    private FilterNode ReadKeyed(FilterEnd? end = null)
    {
        var token = Next();
        var colon = token.Text.IndexOf(':');
        if (FilterKeys.Find(token.Text[..colon]) is not { } key)
            throw UnknownKey(token, colon);
        if (!FilterKeys.Of(_subject).Contains(key))
            throw Unexpected(token, $"a key that {FilterKeys.Plural(_subject)} have ({Names})");
        if (end is { } one)
            key = key.At(one) ?? throw Unexpected(token, Expected(FilterKind.None) + $" (or {OfEnds})");
        _last = default; // "port 80 or state:closed or 443": a key has no qualifiers to take over
        if (colon + 1 == token.Text.Length)
            throw NoValue(key, token.Start + token.Text.Length);
        return key.Read(token.Written[(colon + 1)..], token.Start + colon + 2);
    }

    // The keys that may stand after src and dst.
    private static string OfEnds => string.Join(", ", FilterKeys.All.Where(key => key.At(FilterEnd.Either) is not null).Select(key => key.Name + ":"));

    private FilterException NoValue(FilterKey key, int start)
    {
        var apart = Current.Kind == FilterTokenKind.Word && Current.Start > start && !FilterWords.IsKeyword(Current.Text);
        return new FilterException(start + 1, "nothing", key.Values + key.ShellAdvice, apart ? $"{key.Name}:{Current.Written}" : null);
    }

    private string Names => string.Join(", ", FilterKeys.Of(_subject).Select(key => key.Name));

    private FilterException UnknownKey(FilterToken token, int colon)
    {
        var (word, value) = (token.Text[..colon], token.Written[(colon + 1)..]);
        var suggestion = FilterKeys.Like(word) is { } like ? $"{like}:{value}"
            : FilterWords.LikeBeforeValue(word) is { } keyword ? $"{keyword} {value}"
            : null;
        return Unexpected(token, $"a key that is known ({Names})", suggestion);
    }
}
