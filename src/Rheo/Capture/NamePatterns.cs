using System.IO.Enumeration;

namespace Rheo.Capture;

/// <summary>Which interfaces to watch, by shell patterns (<c>*</c>, <c>?</c>) on their names.</summary>
internal sealed class NamePatterns(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
{
    internal bool Wants(string name) => (include.Count == 0 || Any(include, name)) && !Any(exclude, name);

    /// <summary>The first plain name to watch that is not among <paramref name="names"/>; null when all are there.</summary>
    internal string? FirstMissing(IReadOnlyCollection<string> names) =>
        include.FirstOrDefault(pattern => !pattern.AsSpan().ContainsAny('*', '?') && !names.Contains(pattern));

    private static bool Any(IReadOnlyList<string> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
                return true;
        }

        return false;
    }
}
