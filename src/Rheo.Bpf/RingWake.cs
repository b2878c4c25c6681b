namespace Rheo.Bpf;

/// <summary>Why a wait for a ring has ended.</summary>
public enum RingWake
{
    /// <summary>The time was over. Programs that raise no wake-ups may have written nevertheless.</summary>
    TimedOut,

    /// <summary>A program raised a wake-up, or records were there already.</summary>
    Records,

    /// <summary>Another thread asked for the reader's attention.</summary>
    Woken,
}
