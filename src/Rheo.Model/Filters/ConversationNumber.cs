namespace Rheo.Model.Filters;

/// <summary>A number of a conversation; null where it has none, which no comparison passes.</summary>
internal delegate double? ConversationNumber(in Conversation conversation);
