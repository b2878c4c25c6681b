namespace Rheo.Model.Filters;

/// <summary><c>vxlan</c>, <c>geneve 42</c>: seen in such a tunnel on any point of the path.</summary>
internal sealed class TunnelTerm(TunnelKind kind, uint? id) : FilterNode
{
    public override bool Matches(in Conversation conversation, FilterContext context) =>
        conversation.Tunnel.Id.Kind == kind && (id is not { } wanted || conversation.Tunnel.Id.Id == wanted);
}
