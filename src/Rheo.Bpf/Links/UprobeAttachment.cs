using System.Globalization;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The two ways to attach a uprobe. Both return 0 or the errno, and add the descriptors they opened.</summary>
internal static unsafe class UprobeAttachment
{
    private const string EventType = "/sys/bus/event_source/devices/uprobe/type";

    internal static int TryMulti(BpfProgram program, string path, ReadOnlySpan<ulong> offsets, List<DescriptorHandle> events)
    {
        // SAFETY: path and offsets are pinned until the call is over; the count is the span's own.
        fixed (byte* name = Utf8Name.Terminated(path))
        fixed (ulong* places = offsets)
        {
            var attribute = new LinkCreate
            {
                ProgramFd = program.FileDescriptor,
                AttachType = AttachType.BPF_TRACE_UPROBE_MULTI,
                UprobePath = (ulong)name,
                UprobeOffsets = (ulong)places,
                UprobeCount = (uint)offsets.Length,
            };
            var result = BpfSyscall.Call(BpfCommand.BPF_LINK_CREATE, ref attribute);
            if (result >= 0)
                events.Add(new DescriptorHandle(result));
            return Math.Max(0, -result);
        }
    }

    internal static int TryEvents(
        BpfProgram program, string path, ReadOnlySpan<ulong> offsets, List<DescriptorHandle> events, out bool isLink)
    {
        isLink = false;
        if (!File.Exists(EventType))
            return Errno.EOPNOTSUPP;
        var type = uint.Parse(File.ReadAllText(EventType), CultureInfo.InvariantCulture);
        // SAFETY: the path is pinned until the events are open; the kernel copies it.
        fixed (byte* name = Utf8Name.Terminated(path))
        {
            foreach (var offset in offsets)
            {
                var attribute = new perf_event_attr { type = type, uprobe_path = (ulong)name, probe_offset = offset };
                var errno = PerfEventAttachment.TryAttach(program, attribute, out var handle, out isLink);
                if (errno != 0)
                    return errno;
                events.Add(handle);
            }
        }
        return 0;
    }
}
