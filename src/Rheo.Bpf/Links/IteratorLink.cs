using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A program that walks kernel objects (tasks, sockets, map elements) and writes what it finds; each opened stream is one walk.
/// </summary>
/// <remarks><b>Kernel</b>: 5.8 with BTF; CAP_BPF and CAP_PERFMON to attach, nothing to read.</remarks>
public sealed class IteratorLink : BpfLink
{
    /// <summary>BPF_CGROUP_ITER_DESCENDANTS_PRE.</summary>
    private const uint ParentsFirst = 2;

    private IteratorLink(DescriptorHandle handle, string target)
        : base(handle, target)
    {
    }

    /// <summary>Attaches an iterator program.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Tracing"/> (SEC "iter/kind").</param>
    /// <param name="target">What to walk; needed for map elements, optional for tasks.</param>
    /// <returns>The link; disposing it takes the iterator away. Streams that are open go on.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public static unsafe IteratorLink Attach(BpfProgram program, IteratorTarget target = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        var info = InfoOf(target);
        // SAFETY: the info is on this stack until the call is over; its length is its own size.
        var attribute = new LinkCreate
        {
            ProgramFd = program.FileDescriptor,
            AttachType = AttachType.BPF_TRACE_ITER,
            IteratorInfo = target.Kind == IteratorTargetKind.All ? 0 : (ulong)&info,
            IteratorInfoLength = target.Kind == IteratorTargetKind.All ? 0 : (uint)sizeof(IteratorInfo),
        };
        var result = Create(ref attribute);
        return result >= 0 ? new IteratorLink(new DescriptorHandle(result), program.SectionName) : throw Refused(program, target, -result);
    }

    /// <summary>An iterator by a descriptor of its link, as a process gets one over a Unix socket.</summary>
    /// <param name="descriptor">The descriptor; it stays the caller's.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>The link, which holds the attachment by itself.</returns>
    /// <exception cref="BpfException">The process is out of descriptors.</exception>
    public static IteratorLink FromDescriptor(int descriptor, string name) => new(DescriptorHandle.Duplicate(descriptor, name), name);

    /// <summary>Begins a walk.</summary>
    /// <returns>A stream of what the program writes, to be read once to its end.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public Stream Open()
    {
        var attribute = new IteratorCreate { LinkFd = FileDescriptor };
        var result = BpfSyscall.Call(BpfCommand.BPF_ITER_CREATE, ref attribute);
        return result >= 0
            ? new IteratorStream(new DescriptorHandle(result), Target)
            : throw new BpfException("open iterator", Target, -result);
    }

    /// <summary>Puts another program in the place of this one; walks that have begun end with the old one.</summary>
    /// <param name="program">A loaded iterator program of the same kind.</param>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Update(BpfProgram program) => Replace(program);

    private static IteratorInfo InfoOf(IteratorTarget target) => target.Kind switch
    {
        IteratorTargetKind.Map => new IteratorInfo { MapFd = (int)target.Number },
        IteratorTargetKind.Thread => new IteratorInfo { TaskTid = target.Number },
        IteratorTargetKind.Process => new IteratorInfo { TaskPid = target.Number },
        IteratorTargetKind.Cgroup => new IteratorInfo { CgroupOrder = ParentsFirst, CgroupFd = (int)target.Number },
        _ => default,
    };

    private static BpfException Refused(BpfProgram program, IteratorTarget target, int errno)
    {
        var advice = errno switch
        {
            Errno.EBADF when target.Kind == IteratorTargetKind.All => "this iterator needs a target: a map or a cgroup",
            Errno.EINVAL when target.Kind is not (IteratorTargetKind.All or IteratorTargetKind.Map) =>
                "needs Linux 6.1 (iterators with parameters), or this iterator takes no such target",
            _ => AttachAdvice.For(errno, Capability.Bpf, Capability.Perfmon),
        };
        return new BpfException("attach program", $"{program.Name} to {program.SectionName}", errno, advice);
    }
}
