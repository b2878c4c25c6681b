using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A program at instructions of an executable or library: it runs before the instruction, in each process that maps the file.
/// </summary>
/// <remarks>
/// Several places go by one link where the kernel has uprobe_multi (6.6), which needs CAP_BPF and CAP_PERFMON; below, each is a perf event,
/// which needs CAP_SYS_ADMIN. A program is loaded for the one or the other: call <see cref="PreferMulti"/> before loading.
/// There are no return probes here on purpose: they change the stack of the program watched and have crashed some; probe the return
/// instructions by their offsets instead.
/// </remarks>
public sealed class UprobeLink : BpfLink
{
    private readonly IReadOnlyList<DescriptorHandle> _events;

    private UprobeLink(IReadOnlyList<DescriptorHandle> events, string target, bool isMulti, bool isLink)
        : base(events[0], target, isLink) => (_events, IsMulti) = (events, isMulti);

    /// <summary>True when one uprobe_multi link holds all places; false when each is a perf event.</summary>
    public bool IsMulti { get; }

    /// <summary>Has a program loaded for uprobe_multi where the kernel has it; call it before the object is loaded.</summary>
    /// <param name="program">A program of type <see cref="ProgramType.Kprobe"/> (SEC "uprobe") that is not loaded yet.</param>
    /// <returns>True when it will be attached by uprobe_multi.</returns>
    public static bool PreferMulti(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Features.UprobeMulti == Support.Yes
            && Libbpf.bpf_program__set_expected_attach_type(program.Pointer, AttachType.BPF_TRACE_UPROBE_MULTI) == 0;
    }

    /// <summary>Attaches a program to one place of a file.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Kprobe"/> (SEC "uprobe").</param>
    /// <param name="path">The executable or library; <c>/proc/PID/root/…</c> for one in a container.</param>
    /// <param name="offset">The instruction's offset in the file (not its address in memory).</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing.</exception>
    public static UprobeLink Attach(BpfProgram program, string path, ulong offset) =>
        Attach(program, path, [offset]);

    /// <summary>Attaches a program to several places of a file.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Kprobe"/> (SEC "uprobe").</param>
    /// <param name="path">The executable or library; <c>/proc/PID/root/…</c> for one in a container.</param>
    /// <param name="offsets">The instructions' offsets in the file, at least one.</param>
    /// <returns>The link; disposing it detaches the program from all places.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing. Nothing stays attached.</exception>
    public static UprobeLink Attach(BpfProgram program, string path, ReadOnlySpan<ulong> offsets)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfZero(offsets.Length);
        var target = $"{path}+0x{offsets[0]:x}{(offsets.Length > 1 ? $" and {offsets.Length - 1} more" : "")}";
        var isMulti = Libbpf.bpf_program__expected_attach_type(program.Pointer) == AttachType.BPF_TRACE_UPROBE_MULTI;
        var events = new List<DescriptorHandle>();
        var isLink = true;
        var errno = isMulti
            ? UprobeAttachment.TryMulti(program, path, offsets, events)
            : UprobeAttachment.TryEvents(program, path, offsets, events, out isLink);
        if (errno == 0)
            return new UprobeLink(events, target, isMulti, isLink);
        events.ForEach(handle => handle.Dispose());
        throw Refused(program, path, target, isMulti, errno);
    }

    /// <summary>Attaches a program to the entry of a function, or to an instruction within it.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Kprobe"/> (SEC "uprobe").</param>
    /// <param name="path">The executable or library.</param>
    /// <param name="symbol">The function's name in the file's symbol tables.</param>
    /// <param name="offset">Bytes from the function's entry.</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">No such file or function, or the kernel refused.</exception>
    public static UprobeLink AttachSymbol(BpfProgram program, string path, string symbol, ulong offset = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (SymbolOffset.TryFind(path, symbol, out var entry))
            return Attach(program, path, entry + offset);
        var advice = "the file, or the function in its symbol tables, is not there";
        throw new BpfException("attach program", $"{program.Name} to {path}:{symbol}", Errno.ENOENT, advice);
    }

    /// <summary>Detaches the program from all places.</summary>
    public override void Dispose()
    {
        foreach (var handle in _events)
            handle.Dispose();
        base.Dispose();
    }

    private static BpfException Refused(BpfProgram program, string path, string target, bool isMulti, int errno)
    {
        var advice = errno switch
        {
            _ when !File.Exists(path) => "no such file",
            Errno.EBADF => "not a regular file",
            Errno.EPERM or Errno.EACCES when isMulti => AttachAdvice.For(errno, Capability.Bpf, Capability.Perfmon),
            Errno.EPERM or Errno.EACCES => AttachAdvice.For(errno, Capability.SysAdmin),
            Errno.EINVAL or Errno.ENOTSUPP => "the offset is outside the file, not at an instruction, or at one that cannot be probed",
            _ => ErrorAdvice.For(errno),
        };
        return new BpfException("attach program", $"{program.Name} to {target}", errno, advice);
    }
}
