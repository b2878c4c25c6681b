namespace Rheo.Model.Filters;

/// <summary>Shell patterns: <c>*</c> is anything, <c>?</c> one character; everything else is itself, in its case.</summary>
internal static class Glob
{
    /// <summary>Whether the whole text fits. Cost: at most the product of both lengths; no allocation.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var read = 0; read < text.Length;)
        {
            if (at < pattern.Length && (pattern[at] == '?' || (pattern[at] != '*' && pattern[at] == text[read])))
            {
                at++;
                read++;
            }
            else if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, read);
            }
            else if (star >= 0)
            {
                (at, read) = (star + 1, ++resume); // the last star takes one more
            }
            else
            {
                return false;
            }
        }
        return !pattern[at..].ContainsAnyExcept('*');
    }
}
