namespace Rheo.Model;

/// <summary>Is told of each conversation that leaves the table, with its final counts.</summary>
public interface IEndedConversations
{
    /// <summary>A conversation leaves. False: that is all that is asked of it, and <see cref="Ended"/> is not called, which costs a view.</summary>
    bool Leaves(EndReason reason) => true;

    /// <summary>The conversation has left; <see cref="Conversation.End"/> says why. Called while the table changes: do not call it back.</summary>
    void Ended(in Conversation conversation);
}
