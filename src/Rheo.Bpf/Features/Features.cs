using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>What this kernel offers, found by trying. An answer that rests on a missing right is <see cref="Support.Unknown"/> and asked for again next time.</summary>
/// <remarks><b>Threads</b>: any. <b>Cost</b>: a few system calls the first time, then a field. Nothing is left behind.</remarks>
public static partial class Features
{
    private static readonly Answer s_tcx = new(FeatureProbes.Tcx);

    /// <summary>tcx links (Linux 6.6). <b>Kernel</b>: the probe needs CAP_NET_ADMIN.</summary>
    public static Support Tcx => s_tcx.Get();
}
