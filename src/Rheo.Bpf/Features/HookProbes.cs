using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Which hooks can be attached to: each probe asks for something harmless that must fail, and reads how.</summary>
internal static unsafe class HookProbes
{
    /// <summary>lo is the first device of every network namespace.</summary>
    private const int Loopback = 1;

    internal static Support Tcx()
    {
        var query = new ProgramQuery { TargetIfindex = Loopback, AttachType = AttachType.BPF_TCX_INGRESS };
        return BpfSyscall.Call(BpfCommand.BPF_PROG_QUERY, ref query) switch
        {
            // ENOENT: nothing was ever attached.
            >= 0 or -Errno.ENOENT => Support.Yes,
            // The kernel does not know the attach type.
            -Errno.EINVAL => Support.No,
            _ => Support.Unknown,
        };
    }

    /// <summary>"/" is no file that could hold code: EBADF. Without uprobe_multi the attach type is unknown: EINVAL.</summary>
    internal static Support UprobeMulti()
    {
        var offset = 0UL;
        // SAFETY: the path is a constant of the program, the offset on this stack; both outlive the call.
        fixed (byte* path = "/\0"u8)
        {
            var attribute = new LinkCreate
            {
                AttachType = AttachType.BPF_TRACE_UPROBE_MULTI,
                UprobePath = (ulong)path,
                UprobeOffsets = (ulong)(&offset),
                UprobeCount = 1,
            };
            return TryCreate(ProgramType.Kprobe, AttachType.BPF_TRACE_UPROBE_MULTI, attribute);
        }
    }

    /// <summary>No event has the descriptor -1: EBADF. Without such links the attach type is unknown: EINVAL.</summary>
    internal static Support PerfEventLink() =>
        TryCreate(ProgramType.Tracepoint, default, new LinkCreate { AttachType = AttachType.BPF_PERF_EVENT, TargetFd = -1 });

    private static Support TryCreate(ProgramType type, AttachType expected, LinkCreate attribute)
    {
        using var program = new DescriptorHandle(ProbeProgram.LoadEmpty(type, expected, 0, out _));
        if (program.IsInvalid)
            return Support.Unknown;
        attribute.ProgramFd = program.Descriptor;
        var result = BpfSyscall.Call(BpfCommand.BPF_LINK_CREATE, ref attribute);
        if (result >= 0)
            new DescriptorHandle(result).Dispose();
        return result switch
        {
            -Errno.EBADF => Support.Yes,
            -Errno.EINVAL => Support.No,
            _ => Support.Unknown,
        };
    }
}
