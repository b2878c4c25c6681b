namespace Rheo.Model.Filters;

/// <summary>A key of the language: what stands before the colon, and how what stands after it is read.</summary>
/// <param name="name">The word.</param>
/// <param name="meaning">What it asks of a conversation.</param>
/// <param name="values">What fits after the colon.</param>
internal abstract class FilterKey(string name, string meaning, string values)
{
    /// <summary>Values of one term: 64. They are evaluated as deep as they are many.</summary>
    private const int MaxValues = 64;

    public string Name => name;

    public string Values => values;

    public FilterKeyInfo Info => new(name, meaning, values, Words);

    /// <summary>All values, where they can be counted.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>What else to say to somebody who wrote no value at all.</summary>
    public virtual string ShellAdvice => "";

    /// <summary>The same about one end, as <c>src</c> and <c>dst</c> before it ask for; null where it is about the whole conversation.</summary>
    public virtual FilterKey? At(FilterEnd end) => null;

    /// <summary>Reads the values, separated by commas: any of them passes.</summary>
    /// <param name="text">What stands after the colon; not empty.</param>
    /// <param name="column">Column of its first character.</param>
    public FilterNode Read(string text, int column)
    {
        var node = (FilterNode?)null;
        for (var (at, count) = (0, 1); at <= text.Length; count++)
        {
            if (count > MaxValues)
                throw new FilterException(column + at, "one more", $"at most {MaxValues} values");
            var end = EndOf(text, at);
            var term = ReadOne(ValueOf(text, at, end, column + at), column + at);
            node = node is null ? term : new AnyOf(node, term);
            at = end + 1;
        }
        return node!;
    }

    /// <summary>Reads one value.</summary>
    protected abstract FilterNode ReadOne(string value, int column);

    protected FilterException Unexpected(string value, int column, string? suggestion = null) =>
        new(column, value.Length == 0 ? "nothing" : $"'{FilterParser.Shown(value)}'", values, suggestion);

    private static int EndOf(string text, int at)
    {
        var quoted = false;
        for (; at < text.Length && (quoted || text[at] != ','); at++)
            quoted ^= text[at] == '"';
        return at;
    }

    private static string ValueOf(string text, int at, int end, int column)
    {
        var value = text[at..end];
        if (!value.Contains('"'))
            return value;
        if (value.Length >= 2 && value[0] == '"' && value.IndexOf('"', 1) == value.Length - 1)
            return value[1..^1];
        throw new FilterException(column + value.IndexOf('"'), "'\"'", "a value in quotes, the whole of it, as in \"eth0\"");
    }
}
