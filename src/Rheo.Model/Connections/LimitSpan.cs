namespace Rheo.Model.Connections;

/// <summary>What keeps a sender at the moment. Source: enum tcp_chrono in include/linux/tcp.h.</summary>
public enum LimitSpan : byte
{
    /// <summary>It has nothing to send.</summary>
    Idle = 0,

    /// <summary>It is sending, or waits for acknowledgements.</summary>
    Busy = 1,

    /// <summary>The other end's receive window.</summary>
    Receiver = 2,

    /// <summary>Its own send buffer.</summary>
    Buffer = 3,
}
