namespace Rheo.Model.Filters;

/// <summary><c>ip</c>, <c>ip6</c>, <c>arp</c>.</summary>
internal sealed class NetworkTerm(NetworkType network) : FilterNode
{
    public override bool Matches(in Conversation conversation, FilterContext context) => conversation.Network == network;
}
