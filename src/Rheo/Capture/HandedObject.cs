using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// What a loaded kernel object gives to its reader, in this process or in another: descriptors by name, so that a part can gain a map
/// and no other part notices; and what the loader found out, so that the reader need not have the rights to find it out again.
/// </summary>
/// <param name="Name">The object: <c>bpf/NAME.bpf.c</c>.</param>
/// <param name="Descriptors">Of maps, programs and links by their name; open as long as there is a reader, and never the reader's own.</param>
public sealed record HandedObject(string Name, IReadOnlyDictionary<string, int> Descriptors)
{
    /// <summary>The flow object, which is never left out.</summary>
    public const string Flow = "flow";

    /// <summary>What the loader knows, by words of the part's own.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Some maps and programs of an object that is loaded: no more than its reader needs.</summary>
    internal static HandedObject Of(string name, BpfObject loaded, IEnumerable<string> maps, params IEnumerable<BpfProgram> programs) => new(
        name,
        maps.Select(map => (map, loaded.Map(map).FileDescriptor))
            .Concat(programs.Select(program => (program.Name, program.FileDescriptor)))
            .ToDictionary());

    /// <summary>A map by its name.</summary>
    /// <exception cref="MissingSupportException">It was not handed over.</exception>
    /// <exception cref="BpfException">The kernel does not tell what it is.</exception>
    internal BpfMap Map(string name) => BpfMap.FromDescriptor(Descriptor(name), name);

    /// <summary>A program by its name.</summary>
    /// <exception cref="MissingSupportException">It was not handed over.</exception>
    internal BpfProgram Program(string name) => BpfProgram.FromDescriptor(Descriptor(name), name);

    /// <summary>Any descriptor by its name.</summary>
    /// <exception cref="MissingSupportException">It was not handed over.</exception>
    internal int Descriptor(string name) => Descriptors.TryGetValue(name, out var descriptor)
        ? descriptor
        : throw new MissingSupportException($"the {Name} object was handed over without {name}");
}
