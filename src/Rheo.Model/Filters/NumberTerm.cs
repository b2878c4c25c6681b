namespace Rheo.Model.Filters;

/// <summary><c>bytes:&gt;1M</c>, <c>rtt:1ms..10ms</c>.</summary>
internal sealed class NumberTerm(ConversationNumber number, NumberRange range, bool needsView) : FilterNode
{
    public override bool NeedsView => needsView;

    public override bool Matches(in Conversation conversation, FilterContext context) =>
        number(in conversation) is { } value && range.Contains(value);
}
