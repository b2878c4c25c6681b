using System.Runtime.InteropServices;
using Rheo.Bpf;

namespace Rheo.KernelTests.Links;

/// <summary>The programs of bpf/links.bpf.c, loaded, with their counters.</summary>
internal sealed class LinkPrograms : IDisposable
{
    private readonly BpfObject _object;

    private LinkPrograms(BpfObject loaded) => _object = loaded;

    internal BpfProgram this[string name] => _object.Program(name);

    internal BpfObject Object => _object;

    /// <summary>Loads the programs with these names, and no others.</summary>
    internal static LinkPrograms Load(params string[] names) => Load(_ => { }, names);

    internal static LinkPrograms Load(Action<BpfObject> setUp, params string[] names)
    {
        using var resource = typeof(LinkPrograms).Assembly.GetManifestResourceStream("links.bpf.o")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var opened = BpfObject.Open(bytes, "links");
        foreach (var program in opened.Programs.Values)
            program.AutoLoad = names.Contains(program.Name);
        setUp(opened);
        opened.Load();
        return new LinkPrograms(opened);
    }

    internal ulong Hits(Hit hit) => Volatile.Read(ref MemoryMarshal.Cast<byte, ulong>(_object.Section(".bss"))[(int)hit]);

    public void Dispose() => _object.Dispose();
}
