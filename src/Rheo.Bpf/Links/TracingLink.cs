using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A program at a kernel tracepoint with typed arguments (<c>tp_btf</c>): the cheapest kind, and the program follows kernel pointers
/// safely.
/// </summary>
/// <remarks><b>Kernel</b>: 5.5 with BTF; CAP_BPF and CAP_PERFMON.</remarks>
public sealed class TracingLink : BpfLink
{
    private TracingLink(DescriptorHandle handle, string target)
        : base(handle, target)
    {
    }

    /// <summary>Attaches a program to the tracepoint it was loaded for.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Tracing"/> (SEC "tp_btf/name").</param>
    /// <returns>The link; disposing it detaches the program, at the latest about half a second later.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public static TracingLink Attach(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new TracingLink(RawTracepoint.Open(program, null, program.SectionName), program.SectionName);
    }
}
