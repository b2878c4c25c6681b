using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rheo.Model;

namespace Rheo.Web;

/// <summary>What a request to <c>/api/v1/flows</c> selects.</summary>
/// <param name="Filter">Which conversations.</param>
/// <param name="Order">Which of them first.</param>
/// <param name="Limit">How many at most.</param>
public sealed record FlowQuery(FlowFilter Filter, ConversationOrder Order, int Limit)
{
    private const int DefaultLimit = 100;
    private const int GreatestLimit = 10_000;
    /// <summary>The parameters that there are.</summary>
    internal static readonly string[] Parameters = ["filter", "sort", "limit"];

    /// <summary>Reads the query parameters filter, sort and limit; anything else, or anything twice, is an error.</summary>
    internal static bool TryRead(
        IQueryCollection parameters, [NotNullWhen(true)] out FlowQuery? query, [NotNullWhen(false)] out Problem? problem)
    {
        query = null;
        problem = FindStranger(parameters);
        if (problem is not null
            || !TryFilter(parameters["filter"].ToString(), out var filter, out problem)
            || !TryOrder(parameters["sort"].ToString(), out var order, out problem)
            || !TryLimit(parameters["limit"].ToString(), out var limit, out problem))
            return false;
        query = new FlowQuery(filter, order, limit);
        return true;
    }

    private static Problem? FindStranger(IQueryCollection parameters)
    {
        foreach (var (name, values) in parameters)
        {
            if (!Parameters.Contains(name))
                return Bad(name, $"There is no parameter '{Text.Printable(name)}'; there are {string.Join(", ", Parameters)}.");
            if (values.Count > 1)
                return Bad(name, $"'{name}' is given {values.Count} times.");
        }

        return null;
    }

    private static bool TryFilter(string text, out FlowFilter filter, [NotNullWhen(false)] out Problem? problem)
    {
        problem = null;
        filter = FlowFilter.All;
        try
        {
            filter = FlowFilter.Parse(text);
            return true;
        }
        catch (FilterException wrong)
        {
            problem = Bad("filter", Text.Printable(wrong.Message), wrong.Column) with
            {
                Expected = wrong.Expected,
                Suggestion = wrong.Suggestion is { } suggestion ? Text.Printable(suggestion) : null,
            };
            return false;
        }
    }

    private static bool TryOrder(string word, out ConversationOrder order, [NotNullWhen(false)] out Problem? problem)
    {
        order = ConversationOrder.RateTenSeconds;
        problem = word.Length == 0 || SortWords.TryParse(word, out order)
            ? null
            : Bad("sort", $"'{Text.Printable(word)}' is none of {SortWords.List}.");
        return problem is null;
    }

    private static bool TryLimit(string text, out int limit, [NotNullWhen(false)] out Problem? problem)
    {
        limit = DefaultLimit;
        if (text.Length == 0)
            problem = null;
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= GreatestLimit)
            problem = null;
        else
            problem = Bad("limit", $"'{Text.Printable(text)}' is not a whole number from 1 to {GreatestLimit}.");
        return problem is null;
    }

    private static Problem Bad(string parameter, string detail, int column = 0) => new(400, "Bad query", detail, parameter, column);
}
