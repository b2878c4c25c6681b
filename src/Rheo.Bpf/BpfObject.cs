using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// An eBPF object file: the maps, programs and global variables of one compiled <c>NAME.bpf.o</c>. It is opened from bytes, set up
/// (constants, map sizes, shared maps, which programs to load), and then loaded into the kernel once.
/// </summary>
/// <remarks>
/// Threads: open, set up, load and dispose on one thread at a time. Once loaded, maps and programs may be used from any thread.
/// Disposing closes the descriptors of all maps and programs; links and mappings taken from them live on until they are disposed of.
/// Kernel: 5.10 or later with BTF where the object uses CO-RE. Loading needs CAP_BPF, and CAP_PERFMON or CAP_NET_ADMIN by program type.
/// Source: <c>struct bpf_object</c> of libbpf.
/// </remarks>
public sealed partial class BpfObject : IDisposable
{
    private readonly ObjectHandle _handle;
    private readonly Dictionary<string, BpfMap> _maps = [];
    private readonly Dictionary<string, BpfProgram> _programs = [];
    private bool _loadTried;

    private BpfObject(string name, nint pointer)
    {
        Name = name;
        _handle = new ObjectHandle(pointer);
        CollectMaps();
        CollectPrograms();
    }

    /// <summary>The name given to <see cref="Open"/>; its first characters begin the kernel's names of the object's sections.</summary>
    public string Name { get; }

    /// <summary>True once <see cref="Load"/> has succeeded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>All maps by name; the maps of global variables by their section's name (<c>.bss</c>, <c>.data</c>, <c>.rodata</c>).</summary>
    public IReadOnlyDictionary<string, BpfMap> Maps => _maps;

    /// <summary>All programs by the name of their C function.</summary>
    public IReadOnlyDictionary<string, BpfProgram> Programs => _programs;

    internal bool IsClosed => _handle.IsClosed;

    /// <summary>Opens an object from the bytes of its ELF file. Nothing reaches the kernel yet, and no right is needed.</summary>
    /// <param name="elf">The whole file, as clang wrote it. It is copied; the caller may let go of it.</param>
    /// <param name="name">A short name for messages and for the kernel's names of the object's sections.</param>
    /// <exception cref="BpfException">The bytes are not an eBPF object that libbpf understands.</exception>
    public static unsafe BpfObject Open(ReadOnlySpan<byte> elf, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var log = LibbpfLog.Collect();
        var (pointer, errno) = OpenMemory(elf, name);
        if (pointer == 0)
            throw new BpfException("open object", name, errno, log.Messages);
        return new BpfObject(name, pointer);
    }

    /// <summary>Finds a map.</summary>
    /// <param name="name">Its name in C, or the section's for global variables (<c>.bss</c>).</param>
    /// <exception cref="ArgumentException">The object has no such map.</exception>
    public BpfMap Map(string name) => _maps.TryGetValue(name, out var map) ? map : throw Unknown("map", name, _maps.Keys);

    /// <summary>Finds a program.</summary>
    /// <param name="name">The name of its C function.</param>
    /// <exception cref="ArgumentException">The object has no such program.</exception>
    public BpfProgram Program(string name) =>
        _programs.TryGetValue(name, out var program) ? program : throw Unknown("program", name, _programs.Keys);

    /// <summary>
    /// Loads the maps and all programs whose <see cref="BpfProgram.AutoLoad"/> is set. It can be tried once: after a failure the
    /// object has to be opened again.
    /// </summary>
    /// <remarks>
    /// Cost: the verifier's time, milliseconds to seconds. The verifier is asked for no log at first, since a log that overflows its
    /// buffer makes good programs fail on older kernels; only after a failure is the program loaded again with one.
    /// </remarks>
    /// <exception cref="VerifierException">The verifier refused a program.</exception>
    /// <exception cref="BpfException">Something else went wrong: missing rights, no memory, a kernel without a feature.</exception>
    /// <exception cref="InvalidOperationException">Loading was tried before.</exception>
    public void Load()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ThrowIfLoadTried();
        _loadTried = true;
        using var log = LibbpfLog.Collect();
        var result = Libbpf.bpf_object__load(_handle.Pointer);
        if (result < 0)
            throw LoadFailure.Explain(Name, -result, log.Messages);
        IsLoaded = true;
        MakeSectionsLive();
    }

    /// <summary>Closes the object with the descriptors of its maps and programs. What is attached stays with its link.</summary>
    public void Dispose() => _handle.Dispose();

    internal void ThrowIfLoadTried()
    {
        if (_loadTried)
            throw new InvalidOperationException($"object {Name} has been loaded already; open it again");
    }

    // The bytes are copied because libelf wants them aligned and writable, and an embedded resource is neither. libbpf lets go of
    // them before it returns.
    private static unsafe (nint Pointer, int Errno) OpenMemory(ReadOnlySpan<byte> elf, string name)
    {
        var size = (nuint)elf.Length;
        // SAFETY: the copy is `size` bytes, 16-aligned, freed below after libbpf is done with it.
        var copy = (byte*)NativeMemory.AlignedAlloc(size + 1, 16);
        try
        {
            elf.CopyTo(new Span<byte>(copy, elf.Length));
            fixed (byte* objectName = Utf8Name.Terminated(name))
            {
                var options = new BpfObjectOpenOptions { Size = (nuint)sizeof(BpfObjectOpenOptions), ObjectName = objectName };
                var pointer = Libbpf.bpf_object__open_mem(copy, size, &options);
                return (pointer, pointer == 0 ? Marshal.GetLastPInvokeError() : 0);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(copy);
        }
    }

    private void CollectMaps()
    {
        for (nint map = 0; (map = Libbpf.bpf_object__next_map(_handle.Pointer, map)) != 0;)
        {
            var view = new BpfMap(this, map);
            _maps[view.Name] = view;
        }
    }

    private void CollectPrograms()
    {
        for (nint program = 0; (program = Libbpf.bpf_object__next_program(_handle.Pointer, program)) != 0;)
        {
            var view = new BpfProgram(this, program);
            _programs[view.Name] = view;
        }
    }

    private ArgumentException Unknown(string kind, string name, IEnumerable<string> known) =>
        new($"object {Name} has no {kind} \"{name}\"; it has {string.Join(", ", known.Order(StringComparer.Ordinal))}", nameof(name));
}
