namespace Rheo.Model.Connections;

/// <summary>State of one end of a TCP connection, as its kernel has it. Source: include/net/tcp_states.h, whose numbers these are.</summary>
public enum ConnectionState : byte
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>Data may go both ways.</summary>
    Established = 1,

    /// <summary>This end has sent a SYN, and waits for the answer.</summary>
    SynSent = 2,

    /// <summary>Both ends have sent a SYN.</summary>
    SynReceived = 3,

    /// <summary>This end has closed; its FIN is not acknowledged yet.</summary>
    FinWait1 = 4,

    /// <summary>This end has closed, the other has not.</summary>
    FinWait2 = 5,

    /// <summary>Both have closed; late packets are waited for.</summary>
    TimeWait = 6,

    /// <summary>It is over.</summary>
    Closed = 7,

    /// <summary>The other end has closed, this one has not.</summary>
    CloseWait = 8,

    /// <summary>Both have closed; this end's FIN is not acknowledged yet.</summary>
    LastAck = 9,

    /// <summary>A socket that waits for connections.</summary>
    Listen = 10,

    /// <summary>Both have closed at the same time.</summary>
    Closing = 11,
}
