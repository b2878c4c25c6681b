namespace Rheo.Model.Filters;

/// <summary>Something that is so of a conversation or is not.</summary>
internal delegate bool ConversationTest(in Conversation conversation);
