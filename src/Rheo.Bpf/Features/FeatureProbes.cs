using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The probes behind <see cref="Features"/>: each tries something harmless and reads the errno.</summary>
internal static class FeatureProbes
{
    private const int Loopback = 1;

    internal static Support Tcx()
    {
        var query = new ProgramQuery { TargetIfindex = Loopback, AttachType = AttachType.BPF_TCX_INGRESS };
        // ENOENT: tcx is there and nothing is attached. A kernel without it does not know the attach type.
        return BpfSyscall.Call(BpfCommand.BPF_PROG_QUERY, ref query) switch
        {
            >= 0 or -Errno.ENOENT => Support.Yes,
            -Errno.EINVAL => Support.No,
            _ => Support.Unknown,
        };
    }
}
