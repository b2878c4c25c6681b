namespace Rheo.Model;

/// <summary>State of a TCP connection as the wire shows it to somebody between the two ends.</summary>
/// <remarks>
/// The words are those of OpenTelemetry's <c>network.connection.state</c> and of <c>ss</c>. An observer cannot tell the
/// ends' own states apart, so <see cref="FinWait"/> stands for fin_wait_1, fin_wait_2, close_wait and last_ack alike.
/// </remarks>
public enum TcpWireState : byte
{
    /// <summary>Not TCP, or nothing seen yet.</summary>
    None = 0,

    /// <summary><c>syn_sent</c>: a SYN was seen, no answer yet.</summary>
    SynSent = 1,

    /// <summary><c>syn_received</c>: the SYN was answered by a SYN-ACK.</summary>
    SynReceived = 2,

    /// <summary><c>established</c>: the handshake completed, or the connection is older than our watching.</summary>
    Established = 3,

    /// <summary><c>fin_wait</c>: one end has sent FIN.</summary>
    FinWait = 4,

    /// <summary><c>time_wait</c>: both ends have sent FIN.</summary>
    TimeWait = 5,

    /// <summary><c>closed</c>: an end has sent RST, before both had sent FIN.</summary>
    Closed = 6,
}
