namespace Rheo.Model;

/// <summary>A number of conversations and what they carried in both directions.</summary>
/// <param name="Conversations">How many.</param>
/// <param name="Traffic">Packets and bytes of both directions.</param>
public readonly record struct ConversationTotals(ulong Conversations, Traffic Traffic);
