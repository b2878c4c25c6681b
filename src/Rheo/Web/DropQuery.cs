using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Web;

/// <summary>What a request to <c>/api/v1/drops</c> selects.</summary>
/// <param name="By">What a row stands for.</param>
/// <param name="All">Also what is no loss.</param>
/// <param name="Filter">Only of these flows; null: all.</param>
/// <param name="Limit">How many rows at most.</param>
public sealed record DropQuery(DropGrouping By, bool All, FlowFilter? Filter, int Limit)
{
    private const int DefaultLimit = 100;
    private const int GreatestLimit = 10_000;

    /// <summary>The parameters that there are.</summary>
    internal static readonly string[] Parameters = ["by", "all", "filter", "limit"];

    /// <summary>Reads the query parameters; anything else, or anything twice, is an error.</summary>
    internal static bool TryRead(IQueryCollection parameters, [NotNullWhen(true)] out DropQuery? query, [NotNullWhen(false)] out Problem? problem)
    {
        query = null;
        FlowFilter? filter = null;
        var (by, all, limit) = (parameters["by"].ToString(), parameters["all"].ToString(), DefaultLimit);
        problem = Stranger(parameters);
        if (problem is not null || !TryFilter(parameters["filter"].ToString(), out filter, out problem))
            return false;
        if (!TryGrouping(by, out var grouping))
            problem = Bad("by", $"'{Text.Printable(by)}' is none of place, reason, flow, process.");
        else if (all is not ("" or "true" or "false"))
            problem = Bad("all", $"'{Text.Printable(all)}' is neither true nor false.");
        else if (!TryLimit(parameters["limit"].ToString(), out limit))
            problem = Bad("limit", $"'{Text.Printable(parameters["limit"].ToString())}' is not a whole number from 1 to {GreatestLimit}.");
        else
            query = new DropQuery(grouping, all == "true", filter, limit);
        return query is not null;
    }

    private static Problem? Stranger(IQueryCollection parameters)
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

    private static bool TryFilter(string text, out FlowFilter? filter, [NotNullWhen(false)] out Problem? problem)
    {
        (filter, problem) = (null, null);
        if (text.Length == 0)
            return true;
        try
        {
            filter = FlowFilter.Parse(text);
            return true;
        }
        catch (FilterException wrong)
        {
            problem = Bad("filter", Text.Printable(wrong.Message), wrong.Column) with { Expected = wrong.Expected };
            return false;
        }
    }

    private static bool TryGrouping(string word, out DropGrouping by)
    {
        by = DropGrouping.Place;
        return word.Length == 0 || (char.IsAsciiLetterLower(word[0]) && Enum.TryParse(word, ignoreCase: true, out by));
    }

    private static bool TryLimit(string text, out int limit)
    {
        limit = DefaultLimit;
        return text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= GreatestLimit);
    }

    private static Problem Bad(string parameter, string detail, int column = 0) => new(400, "Bad query", detail, parameter, column);
}
