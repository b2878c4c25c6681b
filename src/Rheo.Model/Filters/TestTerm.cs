namespace Rheo.Model.Filters;

/// <summary><c>state:established</c>, <c>flags:rst</c>.</summary>
internal sealed class TestTerm(ConversationTest test) : FilterNode
{
    public override bool Matches(in Conversation conversation, FilterContext context) => test(in conversation);
}
