namespace Rheo.Model.Filters;

/// <summary><c>tcp</c>, <c>proto 47</c>.</summary>
internal sealed class ProtocolTerm(byte protocol) : FilterNode
{
    public override bool Matches(in Conversation conversation, FilterContext context) => conversation.Protocol == protocol && conversation.Network != NetworkType.Arp;
}
