namespace Rheo.Model.Filters;

/// <summary><c>a and b</c>.</summary>
internal sealed class AllOf(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Matches(in Conversation conversation) => left.Matches(in conversation) && right.Matches(in conversation);
}
