namespace Rheo.Model.Filters;

/// <summary><c>port</c> and <c>portrange</c>; never true of what has no ports.</summary>
internal sealed class PortTerm(FilterEnd end, ushort first, ushort last) : EndTerm(end)
{
    protected override bool AppliesTo(in Conversation conversation) =>
        Transport.HasPorts(conversation.Protocol) && conversation.Network != NetworkType.Arp && !conversation.IsFragment;

    protected override bool Matches(Endpoint endpoint) => endpoint.Port >= first && endpoint.Port <= last;
}
