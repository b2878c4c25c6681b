using Rheo.Model;

namespace Rheo.Terminal.Top;

/// <summary>A conversation in the live view.</summary>
/// <param name="Flow">The conversation.</param>
/// <param name="History">Its bytes a second, a number a second, the newest last; not a number where it was not watched yet.</param>
public sealed record TopRow(Conversation Flow, IReadOnlyList<float> History);
