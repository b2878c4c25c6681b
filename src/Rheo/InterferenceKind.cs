namespace Rheo;

/// <summary>How something else on the machine came between the packets and us.</summary>
public enum InterferenceKind
{
    /// <summary>Our program was taken away from its hook; it is attached again where that goes.</summary>
    Detached,

    /// <summary>A tcx program runs before ours: what it drops or redirects is not counted.</summary>
    TcxBefore,

    /// <summary>A filter runs before ours: what it drops or redirects is not counted.</summary>
    FilterBefore,

    /// <summary>An XDP program runs on the interface, and so before ours.</summary>
    Xdp,

    /// <summary>Another Rheo watches the same hook. Both count, at twice the cost.</summary>
    SecondAgent,
}
