using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rheo.Model;

namespace Rheo.Web;

/// <summary>
/// Reads the parameters of a request one after the other, and keeps what is wrong with the first that is. A parameter that is empty
/// is one that is not given; one that nobody knows, or that is given twice, is an error.
/// </summary>
internal sealed class QueryReader
{
    /// <summary>Rows when nobody says how many.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Rows at most, where there is no other bound.</summary>
    public const int GreatestLimit = 10_000;

    private readonly IQueryCollection _parameters;

    public QueryReader(IQueryCollection parameters, IReadOnlyList<string> known)
    {
        _parameters = parameters;
        Problem = FindStranger(known);
    }

    /// <summary>Reads one word.</summary>
    public delegate bool Parser<T>(string text, out T value);

    /// <summary>What is wrong; null: nothing so far.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The parameter <c>filter</c>; without it, all.</summary>
    public FlowFilter Filter(FilterSubject subject = FilterSubject.Conversation)
    {
        try
        {
            return FlowFilter.Parse(Text("filter"), subject);
        }
        catch (FilterException wrong)
        {
            Refuse(Bad("filter", Rheo.Text.Printable(wrong.Message), wrong.Column) with
            {
                Expected = wrong.Expected,
                Suggestion = wrong.Suggestion is { } suggestion ? Rheo.Text.Printable(suggestion) : null,
            });
            return FlowFilter.All;
        }
    }

    /// <summary>The parameter <c>limit</c>.</summary>
    public int Limit(int greatest = GreatestLimit) => Number("limit", greatest) ?? DefaultLimit;

    /// <summary>A whole number from 1 on; null where it is not given.</summary>
    public int? Number(string name, int greatest = int.MaxValue) => Optional(
        name,
        (string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0 && value <= greatest,
        string.Create(CultureInfo.InvariantCulture, $"not a whole number from 1 to {greatest}"));

    /// <summary>Yes or no; no where it is not given.</summary>
    public bool Flag(string name) => Optional<bool>(
        name, (string text, out bool value) => (value = text == "true") || text == "false", "neither true nor false") ?? false;

    /// <summary>One of an enumeration's names in small letters; the first where it is not given.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum => Optional<T>(name, (string text, out T value) => TryChoose(text, out value), "none of " + string.Join(", ", Words<T>())) ?? default;

    /// <summary>Anything that a parser reads; null where it is not given.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="parse">Reads its text.</param>
    /// <param name="refusal">What a text is that cannot be read: <c>none of a, b</c>.</param>
    public T? Optional<T>(string name, Parser<T> parse, string refusal)
        where T : struct
    {
        var text = Text(name);
        if (text.Length == 0)
            return null;
        if (parse(text, out var value))
            return value;
        Refuse(Bad(name, $"'{Rheo.Text.Printable(text)}' is {refusal}."));
        return null;
    }

    /// <summary>The text as it was given; empty where it was not.</summary>
    public string Text(string name) => _parameters[name].ToString();

    private Problem? FindStranger(IReadOnlyList<string> known)
    {
        foreach (var (name, values) in _parameters)
        {
            if (!known.Contains(name))
                return Bad(name, $"There is no parameter '{Rheo.Text.Printable(name)}'; there are {string.Join(", ", known)}.");
            if (values.Count > 1)
                return Bad(name, $"'{name}' is given {values.Count} times.");
        }

        return null;
    }

    private void Refuse(Problem problem) => Problem ??= problem;

    private static bool TryChoose<T>(string text, out T value)
        where T : struct, Enum
    {
        value = default;
        return Words<T>().Contains(text) && Enum.TryParse(text, ignoreCase: true, out value);
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => name.ToLowerInvariant());

    private static Problem Bad(string parameter, string detail, int column = 0) => new(400, "Bad query", detail, parameter, column);
}
