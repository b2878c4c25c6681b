using Rheo.Bpf;

namespace Rheo.KernelTests;

/// <summary>The tests' own eBPF objects: bpf/NAME.bpf.c of this project, compiled by its build and embedded.</summary>
public static class TestObject
{
    /// <summary>Opens an object for a test to set up and load.</summary>
    public static BpfObject Open(string name) => BpfObject.Open(Bytes(name), name);

    /// <summary>Opens and loads an object that needs no setting up.</summary>
    public static BpfObject Load(string name)
    {
        var obj = Open(name);
        obj.Load();
        return obj;
    }

    public static byte[] Bytes(string name)
    {
        using var stream = typeof(TestObject).Assembly.GetManifestResourceStream($"{name}.bpf.o")
            ?? throw new ArgumentException($"no object {name}.bpf.o is embedded", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
