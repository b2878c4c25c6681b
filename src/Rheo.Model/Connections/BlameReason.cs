namespace Rheo.Model.Connections;

/// <summary>What a verdict rests on.</summary>
public enum BlameReason : byte
{
    /// <summary>Nothing is slow.</summary>
    None,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>There is no way, says the network.</summary>
    Unreachable,

    /// <summary>SYNs have no answer.</summary>
    SynUnanswered,

    /// <summary>What was sent has no acknowledgement.</summary>
    Unanswered,

    /// <summary>The connection was broken off.</summary>
    Reset,

    /// <summary>The listener lets nobody in: its queue is full.</summary>
    QueueFull,

    /// <summary>Nobody has accepted it yet.</summary>
    NotAccepted,

    /// <summary>The receiving process does not read: its window is closed.</summary>
    WindowClosed,

    /// <summary>The receiving process reads slowly: its window keeps the sender.</summary>
    SlowReader,

    /// <summary>Segments are lost.</summary>
    Loss,

    /// <summary>The sending process's buffer is too small for the path.</summary>
    SmallBuffer,

    /// <summary>Answers take long.</summary>
    SlowAnswer,

    /// <summary>The way is long, or its queues are.</summary>
    LongRoundTrip,
}
