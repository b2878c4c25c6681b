using Rheo.Model;

namespace Rheo.Terminal.Top;

/// <summary>A conversation in the live view, or a group of them.</summary>
/// <param name="Flow">The conversation; of a group the sums, the first and the last packet, and an id of its own: sent is what the group sent.</param>
/// <param name="History">Its bytes a second, a number a second, the newest last; not a number where it was not watched yet.</param>
public sealed record TopRow(Conversation Flow, IReadOnlyList<float> History)
{
    /// <summary>What its conversations have in common; null for one conversation.</summary>
    public TopGroup? Group { get; init; }
}
