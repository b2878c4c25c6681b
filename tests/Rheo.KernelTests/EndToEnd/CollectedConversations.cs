using Rheo.Model;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Copies what a table holds.</summary>
internal readonly struct CollectedConversations() : IConversationVisitor
{
    internal List<Conversation> All { get; } = [];

    public bool Visit(in Conversation conversation)
    {
        All.Add(conversation);
        return true;
    }
}
