namespace Rheo.Model;

/// <summary>Flags of the TCP header, as RFC 9293 and RFC 9768 number them; a set of them is all that one direction ever carried.</summary>
[Flags]
public enum TcpFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The sender has no more to send.</summary>
    Fin = 1,

    /// <summary>Opens a connection, or with ACK answers the opening.</summary>
    Syn = 2,

    /// <summary>Aborts the connection, or refuses it.</summary>
    Rst = 4,

    /// <summary>Push.</summary>
    Psh = 8,

    /// <summary>Acknowledges; on every packet but a SYN and some RST.</summary>
    Ack = 16,

    /// <summary>Urgent.</summary>
    Urg = 32,

    /// <summary>ECN echo.</summary>
    Ece = 64,

    /// <summary>Congestion window reduced.</summary>
    Cwr = 128,

    /// <summary>Accurate ECN.</summary>
    Ae = 256,
}
