using Rheo.Bpf;

namespace Rheo.KernelTests.Links;

/// <summary>The programs of bpf/links.bpf.c, loaded, with their counters.</summary>
internal sealed class CountedPrograms : IDisposable
{
    private readonly LinksBpf _skeleton;

    private CountedPrograms(LinksBpf skeleton) => _skeleton = skeleton;

    internal BpfProgram this[string name] => _skeleton.Object.Program(name);

    internal LinksMaps Maps => _skeleton.Maps;

    /// <summary>Loads the programs with these names, and no others.</summary>
    internal static CountedPrograms Load(params string[] names) => Load(_ => { }, names);

    /// <summary>Loads the programs with these names after something was set up.</summary>
    internal static CountedPrograms Load(Action<BpfObject> setUp, params string[] names)
    {
        var skeleton = LinksBpf.Open();
        foreach (var program in skeleton.Object.Programs.Values)
            program.AutoLoad = names.Contains(program.Name);
        setUp(skeleton.Object);
        skeleton.Load();
        return new CountedPrograms(skeleton);
    }

    internal ulong Hits(Hit hit) => Volatile.Read(ref _skeleton.Bss.Hits[(int)hit]);

    public void Dispose() => _skeleton.Dispose();
}
