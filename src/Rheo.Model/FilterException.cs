namespace Rheo.Model;

/// <summary>A filter could not be understood.</summary>
public sealed class FilterException : FormatException
{
    /// <summary>Says what is wrong, where, and what would fit there.</summary>
    public FilterException(int column, string found, string expected, string? suggestion = null)
        : base(Describe(column, found, expected, suggestion))
    {
        Column = column;
        Found = found;
        Expected = expected;
        Suggestion = suggestion;
    }

    /// <summary>Where the first offending character stands; the first character of the filter is column 1.</summary>
    public int Column { get; }

    /// <summary>What stands there, shortened; <c>end of filter</c> at the end.</summary>
    public string Found { get; }

    /// <summary>What would fit there.</summary>
    public string Expected { get; }

    /// <summary>The known word that is most like what was found; null when none is.</summary>
    public string? Suggestion { get; }

    private static string Describe(int column, string found, string expected, string? suggestion) =>
        $"column {column}: found {found}, expected {expected}" + (suggestion is null ? "" : $"; did you mean '{suggestion}'?");
}
