namespace Rheo.Packets;

/// <summary>The nine flags of a TCP header, as its 16-bit offset-and-flags word holds them.</summary>
[Flags]
public enum TcpFlags : ushort
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Rst = 4,
    Psh = 8,
    Ack = 16,
    Urg = 32,
    Ece = 64,
    Cwr = 128,

    /// <summary>Accurate ECN (RFC 9768), once the nonce sum NS.</summary>
    Ae = 256,
}
