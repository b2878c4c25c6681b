namespace Rheo.Model.Filters;

/// <summary><c>a or b</c>.</summary>
internal sealed class AnyOf(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Matches(in Conversation conversation) => left.Matches(in conversation) || right.Matches(in conversation);
}
