namespace Rheo.Model.Filters;

/// <summary><c>not a</c>.</summary>
internal sealed class NotTerm(FilterNode inner) : FilterNode
{
    public override bool NeedsView => inner.NeedsView;

    public override bool NeedsOwners => inner.NeedsOwners;

    public override bool Matches(in Conversation conversation, FilterContext context) => !inner.Matches(in conversation, context);
}
