namespace Rheo.Model.Filters;

/// <summary>A term about one end or both.</summary>
internal abstract class EndTerm(FilterEnd end) : FilterNode
{
    public sealed override bool Matches(in Conversation conversation, FilterContext context) => AppliesTo(in conversation) && end switch
    {
        FilterEnd.Source => Matches(conversation.Source),
        FilterEnd.Destination => Matches(conversation.Destination),
        FilterEnd.Both => Matches(conversation.Source) && Matches(conversation.Destination),
        _ => Matches(conversation.Source) || Matches(conversation.Destination),
    };

    protected virtual bool AppliesTo(in Conversation conversation) => true;

    protected abstract bool Matches(Endpoint endpoint);
}
