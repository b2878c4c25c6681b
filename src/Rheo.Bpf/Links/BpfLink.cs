using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A program at its hook. The attachment lives as long as this object's descriptor: disposing it detaches the program, and so does the
/// end of the process, however it ends. Nothing is pinned.
/// </summary>
/// <remarks>
/// <b>Threads</b>: any; dispose once nobody else calls. The program's object may be disposed of before the link: the kernel keeps
/// the program as long as it is attached.
/// </remarks>
public abstract class BpfLink : IDisposable
{
    private readonly bool _isLink;

    private protected BpfLink(DescriptorHandle handle, string target, bool isLink = true)
    {
        Handle = handle;
        Target = target;
        _isLink = isLink;
    }

    /// <summary>
    /// Where the program is attached, for messages: an interface and direction, a cgroup, a tracepoint, a file and offset.
    /// </summary>
    public virtual string Target { get; }

    /// <summary>The descriptor of the link; it stays this object's own.</summary>
    /// <exception cref="ObjectDisposedException">The link was disposed of.</exception>
    public int FileDescriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
            return Handle.Descriptor;
        }
    }

    /// <summary>
    /// The kernel's id of the link, as <c>bpftool link</c> shows it; 0 on kernels where this hook has no link of its own.
    /// </summary>
    /// <exception cref="BpfException">The kernel refused to tell.</exception>
    public uint Id => Info().Id;

    /// <summary>The kernel's id of the attached program, as <c>bpftool prog</c> shows it; 0 where there is no link to ask.</summary>
    /// <exception cref="BpfException">The kernel refused to tell.</exception>
    public uint ProgramId => Info().ProgramId;

    internal DescriptorHandle Handle { get; }

    /// <summary>Detaches the program. Once this returns it will not be started again; a run that has begun ends on its own.</summary>
    public virtual void Dispose()
    {
        Handle.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The target, for messages.</summary>
    /// <returns>What <see cref="Target"/> holds.</returns>
    public override string ToString() => Target;

    /// <summary>Puts another program in the place of the attached one; no packet or event passes between the two.</summary>
    private protected void Replace(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attribute = new LinkUpdate { LinkFd = FileDescriptor, NewProgramFd = program.FileDescriptor };
        var result = BpfSyscall.Call(BpfCommand.BPF_LINK_UPDATE, ref attribute);
        if (result < 0)
            throw new BpfException("replace program", $"at {Target} by {program.Name}", -result);
    }

    private protected LinkInfo Info()
    {
        if (!_isLink)
            return default;
        var result = BpfSyscall.Info<LinkInfo>(FileDescriptor, out var info);
        return result >= 0 ? info : throw new BpfException("read link", Target, -result);
    }

    /// <summary>BPF_LINK_CREATE.</summary>
    /// <returns>The descriptor, or the negative errno.</returns>
    private protected static int Create(ref LinkCreate attribute) => BpfSyscall.Call(BpfCommand.BPF_LINK_CREATE, ref attribute);
}
