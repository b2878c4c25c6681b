using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Web;

/// <summary>What a request to <c>/api/v1/drops</c> selects.</summary>
/// <param name="By">What a row stands for.</param>
/// <param name="All">Also what is no loss.</param>
/// <param name="Filter">Only of these flows; null: all.</param>
/// <param name="Limit">How many rows at most.</param>
public sealed record DropQuery(DropGrouping By, bool All, FlowFilter? Filter, int Limit) : IRowQuery<DropQuery>
{
    /// <summary>20,000: all flows that the kernel's table holds, and the places.</summary>
    internal const int GreatestLimit = 20_000;

    internal static readonly IReadOnlyList<string> Parameters = ["by", "all", "filter", "limit"];

    /// <inheritdoc/>
    static IReadOnlyList<string> IRowQuery<DropQuery>.Parameters => Parameters;

    /// <inheritdoc/>
    static DropQuery IRowQuery<DropQuery>.Read(QueryReader reader) => new(
        reader.Choice<DropGrouping>("by"), reader.Flag("all"), reader.Filter(FilterSubject.Drop) is { Text.Length: > 0 } some ? some : null, reader.Limit(GreatestLimit));
}
