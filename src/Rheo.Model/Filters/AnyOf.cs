namespace Rheo.Model.Filters;

/// <summary><c>a or b</c>.</summary>
internal sealed class AnyOf(FilterNode left, FilterNode right) : FilterNode
{
    public override bool NeedsView => left.NeedsView || right.NeedsView;

    public override bool NeedsOwners => left.NeedsOwners || right.NeedsOwners;

    public override bool Matches(in Conversation conversation, FilterContext context) =>
        left.Matches(in conversation, context) || right.Matches(in conversation, context);
}
