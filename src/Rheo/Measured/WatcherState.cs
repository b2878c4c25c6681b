namespace Rheo.Measured;

/// <summary>What became of a program that is compared.</summary>
public enum WatcherState
{
    /// <summary>It was measured.</summary>
    Measured,

    /// <summary>It is not on this machine.</summary>
    NotInstalled,

    /// <summary>It is here, and does not run as it should.</summary>
    Failed,
}
