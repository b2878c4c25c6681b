namespace Rheo.Model.Owners;

/// <summary>What has happened to a socket.</summary>
public enum SocketEvent
{
    /// <summary>It listens, or receives datagrams at its port; by a process.</summary>
    Bound = 1,

    /// <summary>A process connects it; its own port may not be known yet.</summary>
    Connecting = 2,

    /// <summary>A TCP connection stands; nobody knows by whom.</summary>
    Established = 3,

    /// <summary>A TCP connection is over, though a process may still hold the socket.</summary>
    Closed = 4,

    /// <summary>The last descriptor was closed, by this process.</summary>
    Released = 5,

    /// <summary>A walk over all descriptors found it with this process.</summary>
    Found = 6,
}
