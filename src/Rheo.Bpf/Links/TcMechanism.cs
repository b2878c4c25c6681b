namespace Rheo.Bpf;

/// <summary>How a program is hung into traffic control.</summary>
public enum TcMechanism
{
    /// <summary>A tcx link: Linux 6.6, runs before all filters, goes with its process.</summary>
    Tcx,

    /// <summary>A filter of the clsact qdisc: every kernel, but it outlives a killed process.</summary>
    Filter,
}
