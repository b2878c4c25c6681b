namespace Rheo.Capture;

/// <summary>
/// What one version of the program leaves of an optional part to the next one, which begins in the same process (execve(2)): the object as it
/// is, loaded and attached. Who has the same object goes on with it: nothing is loaded, and there is no moment in which nobody listens.
/// </summary>
public sealed record PartInheritance
{
    /// <summary>The part: one of <see cref="OptionalParts"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Which object it is: see <see cref="ObjectFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What its reader gets, by name.</summary>
    public required IReadOnlyDictionary<string, int> Handed { get; init; }

    /// <summary>What its loader knew.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>Its attachments: when they are closed, it is detached.</summary>
    public required IReadOnlyList<int> Links { get; init; }

    /// <summary>What the version before had to say of it.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>All descriptors that have to live on, each once: a walk is an attachment that is handed over.</summary>
    internal IEnumerable<int> Descriptors => Handed.Values.Concat(Links).Distinct();

    /// <summary>What a part leaves.</summary>
    internal static PartInheritance Of(KernelPart part, IPartHooks hooks) => new()
    {
        Name = part.Name,
        Fingerprint = part.Fingerprint,
        Handed = hooks.Handed.Descriptors,
        Facts = hooks.Handed.Facts,
        Links = hooks.Links,
        Warnings = hooks.Warnings,
    };
}
