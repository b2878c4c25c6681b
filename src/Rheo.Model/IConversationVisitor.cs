namespace Rheo.Model;

/// <summary>Looks at conversations one by one.</summary>
public interface IConversationVisitor
{
    /// <summary>Looks at one; false ends the visit. The table must not be changed meanwhile.</summary>
    bool Visit(in Conversation conversation);
}
