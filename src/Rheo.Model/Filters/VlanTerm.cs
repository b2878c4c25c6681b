namespace Rheo.Model.Filters;

/// <summary><c>vlan</c>, <c>vlan 10</c>: either tag, on any point of the path.</summary>
internal sealed class VlanTerm(ushort? id) : FilterNode
{
    public override bool Matches(in Conversation conversation, FilterContext context) =>
        id is { } wanted ? conversation.Vlan == wanted || conversation.InnerVlan == wanted : conversation.Vlan != 0;
}
