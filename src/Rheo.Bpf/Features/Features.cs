using System.Collections.Concurrent;

namespace Rheo.Bpf;

/// <summary>
/// What this kernel offers, found by trying. An answer that a missing right stands in the way of is <see cref="Support.Unknown"/>, and is
/// asked for again the next time.
/// </summary>
/// <remarks>
/// <b>Threads</b>: any. <b>Cost</b>: one to four system calls the first time, then a look-up. Nothing is left behind in the kernel.
/// <b>Kernel</b>: most probes need CAP_BPF, those of network programs and hooks CAP_NET_ADMIN, those of tracing CAP_PERFMON.
/// </remarks>
public static class Features
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private static readonly ConcurrentDictionary<Question, Support> s_known = new();

    /// <summary>tcx links (Linux 6.6).</summary>
    public static Support Tcx => Ask(FeatureKind.Tcx, static (_, _) => HookProbes.Tcx());

    /// <summary>Links that hold many uprobes (uprobe_multi, Linux 6.6).</summary>
    public static Support UprobeMulti => Ask(FeatureKind.UprobeMulti, static (_, _) => HookProbes.UprobeMulti());

    /// <summary>Links for perf events, by which tracepoints and uprobes are attached (Linux 5.15).</summary>
    public static Support PerfEventLink => Ask(FeatureKind.PerfEventLink, static (_, _) => HookProbes.PerfEventLink());

    /// <summary>Ring buffers (Linux 5.8).</summary>
    public static Support RingBuffer => Map(MapType.RingBuffer);

    /// <summary>Timers in programs of traffic control (bpf_timer, Linux 5.15).</summary>
    public static Support Timer => Helper(ProgramType.SchedCls, HelperFunction.TimerInit);

    /// <summary>Programs that user space runs as a system call (Linux 5.14).</summary>
    public static Support SyscallPrograms => Program(ProgramType.Syscall);

    /// <summary>The kernel's own types (/sys/kernel/btf/vmlinux), which CO-RE relocation and tp_btf need.</summary>
    public static Support KernelBtf => File.Exists(KernelTypes) ? Support.Yes : Support.No;

    /// <summary>Tells whether programs of a type can be loaded.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Yes, no or cannot tell.</returns>
    public static Support Program(ProgramType type) =>
        Ask(FeatureKind.Program, static (type, _) => ProgramProbes.Type((ProgramType)type), (uint)type);

    /// <summary>Tells whether maps of a type can be made.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Yes, no or cannot tell.</returns>
    public static Support Map(MapType type) => Ask(FeatureKind.Map, static (type, _) => MapProbes.Type((MapType)type), (uint)type);

    /// <summary>Tells whether programs of a type may call a kernel helper.</summary>
    /// <param name="type">The program's type: the same helper may be open to one and closed to another.</param>
    /// <param name="helper">The helper, by its number in linux/bpf.h.</param>
    /// <returns>Yes, no or cannot tell.</returns>
    public static Support Helper(ProgramType type, HelperFunction helper) =>
        Ask(FeatureKind.Helper, static (type, helper) => ProgramProbes.Helper((ProgramType)type, helper), (uint)type, (uint)helper);

    private static Support Ask(FeatureKind kind, Func<uint, uint, Support> probe, uint first = 0, uint second = 0)
    {
        var question = new Question(kind, first, second);
        if (s_known.TryGetValue(question, out var known))
            return known;
        LockedMemory.Raise();
        var answer = probe(first, second);
        if (answer != Support.Unknown)
            s_known[question] = answer;
        return answer;
    }

    private readonly record struct Question(FeatureKind Kind, uint First, uint Second);
}
