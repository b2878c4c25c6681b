namespace Rheo.Model.Filters;

/// <summary>The empty filter.</summary>
internal sealed class EveryTerm : FilterNode
{
    public override bool Matches(in Conversation conversation, FilterContext context) => true;
}
