namespace Rheo.Bpf;

/// <summary>Where a program stands among those at the same tcx hook.</summary>
public enum TcxPosition
{
    /// <summary>Before all that are there now: it sees each packet, whatever the others decide.</summary>
    Head,

    /// <summary>After all that are there now: it sees what the others let through (TCX_NEXT).</summary>
    Tail,
}
