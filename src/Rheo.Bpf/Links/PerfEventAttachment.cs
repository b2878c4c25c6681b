using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Hangs a program on a perf event, as tracepoints and uprobes are attached.</summary>
internal static class PerfEventAttachment
{
    /// <summary>
    /// Attaches by a bpf_link where the kernel has them for perf events (5.15), else by the event's own descriptor; closing either
    /// detaches.
    /// </summary>
    /// <returns>0 or the errno.</returns>
    internal static int TryAttach(BpfProgram program, in perf_event_attr attribute, out DescriptorHandle handle, out bool isLink)
    {
        isLink = false;
        var descriptor = PerfEvent.Open(attribute);
        handle = new DescriptorHandle(descriptor);
        if (descriptor < 0)
            return -descriptor;
        var create = new LinkCreate { ProgramFd = program.FileDescriptor, TargetFd = descriptor, AttachType = AttachType.BPF_PERF_EVENT };
        var link = BpfSyscall.Call(BpfCommand.BPF_LINK_CREATE, ref create);
        isLink = link >= 0;
        var result = isLink ? 0 : PerfEvent.SetProgram(descriptor, program.FileDescriptor);
        if (result == 0)
            result = PerfEvent.Enable(descriptor);
        if (isLink)
        {
            // The link holds the event.
            handle.Dispose();
            handle = new DescriptorHandle(link);
        }
        if (result != 0)
            handle.Dispose();
        return -result;
    }
}
