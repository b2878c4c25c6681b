using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A program of an eBPF object. Links attach it; <see cref="TestRun(in Rheo.Bpf.TestRun)"/> runs it on crafted input.</summary>
/// <remarks>Threads: set up with its object, on one thread; once loaded it may be used from any thread until the object is disposed of.</remarks>
public sealed partial class BpfProgram
{
    private readonly BpfObject? _owner; // null for a program that is known by a descriptor alone
    private readonly nint _pointer;
    private readonly int _descriptor = -1;

    internal unsafe BpfProgram(BpfObject owner, nint pointer)
    {
        _owner = owner;
        _pointer = pointer;
        Name = Utf8Name.Read(Libbpf.bpf_program__name(pointer));
        SectionName = Utf8Name.Read(Libbpf.bpf_program__section_name(pointer));
    }

    private BpfProgram(int descriptor, string name) => (_descriptor, Name, SectionName) = (descriptor, name, "");

    /// <summary>The name of the C function.</summary>
    public string Name { get; }

    /// <summary>The ELF section, which says where the program means to be attached (<c>xdp</c>, <c>tc</c>, <c>tp_btf/kfree_skb</c>).</summary>
    public string SectionName { get; }

    /// <summary>The kind of program, as libbpf reads it from the section's name.</summary>
    public ProgramType Type => (ProgramType)Libbpf.bpf_program__type(Pointer);

    /// <summary>Whether <see cref="BpfObject.Load"/> loads this program; true at first, except for sections that begin with <c>?</c>.</summary>
    /// <exception cref="InvalidOperationException">Set after the object was loaded.</exception>
    public bool AutoLoad
    {
        get => Libbpf.bpf_program__autoload(Pointer);
        set
        {
            _owner?.ThrowIfLoadTried();
            var result = Libbpf.bpf_program__set_autoload(Pointer, value);
            if (result < 0)
                throw new BpfException("select program", Name, -result);
        }
    }

    /// <summary>The descriptor, owned by the object: valid from loading until the object is disposed of.</summary>
    /// <exception cref="InvalidOperationException">The program is not loaded: its object is not, or <see cref="AutoLoad"/> is false.</exception>
    public int FileDescriptor
    {
        get
        {
            var fd = _owner is null ? _descriptor : Libbpf.bpf_program__fd(Pointer);
            return fd >= 0 ? fd : throw new InvalidOperationException($"program {Name} is not loaded");
        }
    }

    /// <summary>A program by a descriptor, as a process gets one over a Unix socket: for test runs.</summary>
    /// <remarks>The descriptor stays the caller's, and open as long as this view is used.</remarks>
    /// <param name="descriptor">A descriptor of a loaded program.</param>
    /// <param name="name">What to call it in messages.</param>
    public static BpfProgram FromDescriptor(int descriptor, string name) => new(descriptor, name);

    /// <summary>The program's name, for messages.</summary>
    public override string ToString() => Name;

    internal nint Pointer
    {
        get
        {
            if (_owner is null)
                throw new InvalidOperationException($"program {Name} belongs to no object");
            ObjectDisposedException.ThrowIf(_owner.IsClosed, _owner);
            return _pointer;
        }
    }
}
