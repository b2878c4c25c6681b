namespace Rheo.Capture;

/// <summary>
/// What one version of the program leaves in the kernel to the next one, which begins in the same process (execve(2)): maps and
/// attachments, by descriptors that live on.
/// </summary>
public sealed record FlowInheritance
{
    /// <summary>The shape of what stands in the maps; they are of use to who has the same.</summary>
    public required string Layout { get; init; }

    /// <summary>The maps' descriptors, by name.</summary>
    public required IReadOnlyDictionary<string, int> Maps { get; init; }

    /// <summary>The seed by which flows are put in their sets.</summary>
    public required IReadOnlyList<ulong> HashSeed { get; init; }

    /// <summary>What is attached.</summary>
    public required IReadOnlyList<InheritedLink> Links { get; init; }

    /// <summary>All descriptors that have to live on.</summary>
    internal IEnumerable<int> Descriptors => Maps.Values.Concat(Links.Select(link => link.Descriptor).Where(descriptor => descriptor >= 0));
}
