namespace Rheo.Model.Filters;

/// <summary><c>not a</c>.</summary>
internal sealed class NotTerm(FilterNode inner) : FilterNode
{
    public override bool Matches(in Conversation conversation) => !inner.Matches(in conversation);
}
