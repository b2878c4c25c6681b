namespace Rheo.Terminal.Top;

/// <summary>What several conversations have in common, in a row of the live view.</summary>
/// <param name="Name">What they are grouped by: a process, a container, a host; as it comes, so hostile.</param>
/// <param name="Members">Whose they are inside: the container of a process, the processes of a container.</param>
/// <param name="Conversations">How many there are.</param>
/// <param name="Facts">What else is known, a name and a value each.</param>
public sealed record TopGroup(string Name, string Members, int Conversations, IReadOnlyList<(string Name, string Value)> Facts);
