using System.Globalization;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A program at a kernel tracepoint with its stable record (<c>sched:sched_switch</c>), by a perf event.</summary>
/// <remarks>
/// <b>Kernel</b>: CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN where kernel.perf_event_paranoid is 3), and a tracefs that can be read.
/// <see cref="TracingLink"/> is cheaper and needs no tracefs.
/// </remarks>
public sealed class TracepointLink : BpfLink
{
    private TracepointLink(DescriptorHandle handle, string target, bool isLink)
        : base(handle, target, isLink)
    {
    }

    /// <summary>Attaches a program to a tracepoint, on all CPUs and for all processes.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Tracepoint"/> (SEC "tp/category/name").</param>
    /// <param name="category">The tracepoint's category, such as <c>sched</c>.</param>
    /// <param name="name">The tracepoint's name, such as <c>sched_switch</c>.</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">No such tracepoint, or the kernel refused.</exception>
    public static TracepointLink Attach(BpfProgram program, string category, string name)
    {
        ArgumentNullException.ThrowIfNull(program);
        var target = $"tracepoint {category}:{name}";
        var attribute = new perf_event_attr { type = PerfEvent.PERF_TYPE_TRACEPOINT, config = FindId(program, category, name) };
        var errno = PerfEventAttachment.TryAttach(program, attribute, out var handle, out var isLink);
        if (errno == 0)
            return new TracepointLink(handle, target, isLink);
        throw new BpfException("attach program", $"{program.Name} to {target}", errno, AttachAdvice.For(errno, Needed()));
    }

    private static Capability[] Needed() =>
        PerfParanoia.NeedsSystemAdmin() ? [Capability.Bpf, Capability.SysAdmin] : [Capability.Bpf, Capability.Perfmon];

    private static ulong FindId(BpfProgram program, string category, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(category);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (category.Contains('/') || name.Contains('/') || category[0] == '.' || name[0] == '.')
            throw new ArgumentException("a tracepoint's name has no '/' and does not begin with '.'", nameof(name));
        var folder = TraceFolder.Find()
            ?? throw Refused(Errno.ENOENT, "tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing");
        try
        {
            return ulong.Parse(File.ReadAllText(Path.Combine(folder, "events", category, name, "id")), CultureInfo.InvariantCulture);
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused(Errno.EACCES, $"{folder} is closed to this user: run as root or add CAP_DAC_READ_SEARCH");
        }
        catch (IOException)
        {
            throw Refused(Errno.ENOENT, $"this kernel has no such tracepoint: see {folder}/available_events");
        }

        BpfException Refused(int errno, string advice) =>
            new("attach program", $"{program.Name} to tracepoint {category}:{name}", errno, advice);
    }
}
