using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>BPF_RAW_TRACEPOINT_OPEN, which attaches raw and BTF tracepoints alike.</summary>
internal static unsafe class RawTracepoint
{
    /// <summary>Attaches to a tracepoint by name; without one, to that which the program was loaded for.</summary>
    internal static DescriptorHandle Open(BpfProgram program, string? name, string target)
    {
        ArgumentNullException.ThrowIfNull(program);
        // SAFETY: the name is pinned until the call is over.
        fixed (byte* text = name is null ? null : Utf8Name.Terminated(name))
        {
            var attribute = new RawTracepointOpen { Name = (ulong)text, ProgramFd = program.FileDescriptor };
            var result = BpfSyscall.Call(BpfCommand.BPF_RAW_TRACEPOINT_OPEN, ref attribute);
            if (result >= 0)
                return new DescriptorHandle(result);
            var advice = result == -Errno.ENOENT
                ? "this kernel has no such tracepoint"
                : AttachAdvice.For(-result, Capability.Bpf, Capability.Perfmon);
            throw new BpfException("attach program", $"{program.Name} to {target}", -result, advice);
        }
    }
}
