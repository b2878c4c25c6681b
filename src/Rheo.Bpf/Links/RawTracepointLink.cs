using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A program at a kernel tracepoint with its raw arguments.</summary>
/// <remarks><b>Kernel</b>: 4.17; CAP_BPF and CAP_PERFMON.</remarks>
public sealed class RawTracepointLink : BpfLink
{
    private RawTracepointLink(DescriptorHandle handle, string target)
        : base(handle, target)
    {
    }

    /// <summary>Attaches a program to a tracepoint.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.RawTracepoint"/> (SEC "raw_tp/name").</param>
    /// <param name="name">The tracepoint's name without its category, such as <c>sched_switch</c>.</param>
    /// <returns>The link; disposing it detaches the program, at the latest about half a second later.</returns>
    /// <exception cref="BpfException">No such tracepoint, or the kernel refused.</exception>
    public static RawTracepointLink Attach(BpfProgram program, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var target = $"raw tracepoint {name}";
        return new RawTracepointLink(RawTracepoint.Open(program, name, target), target);
    }
}
