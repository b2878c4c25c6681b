using Rheo.Model;

namespace Rheo.Web;

/// <summary>What a request to <c>/api/v1/flows</c> selects.</summary>
/// <param name="Filter">Which conversations.</param>
/// <param name="Order">Which of them first.</param>
/// <param name="Limit">How many at most.</param>
public sealed record FlowQuery(FlowFilter Filter, ConversationOrder Order, int Limit) : IRowQuery<FlowQuery>
{
    /// <inheritdoc/>
    static IReadOnlyList<string> IRowQuery<FlowQuery>.Parameters => Parameters;

    internal static readonly IReadOnlyList<string> Parameters = ["filter", "sort", "limit"];

    /// <inheritdoc/>
    static FlowQuery IRowQuery<FlowQuery>.Read(QueryReader reader) => new(
        reader.Filter(),
        reader.Optional<ConversationOrder>("sort", SortWords.TryParse, "none of " + SortWords.List) ?? ConversationOrder.RateTenSeconds,
        reader.Limit());
}
