namespace Rheo.Model.Owners;

/// <summary>A socket at one moment, and the process that used it then, if it is known.</summary>
public readonly record struct SocketMoment
{
    /// <summary>What happened.</summary>
    public required SocketEvent Event { get; init; }

    /// <summary>When, ns of the table's clock.</summary>
    public required long TimeNs { get; init; }

    /// <summary>The kernel's number of the socket, never used again.</summary>
    public required ulong Cookie { get; init; }

    /// <summary>Its network namespace.</summary>
    public ulong Namespace { get; init; }

    /// <summary>IP protocol; see <see cref="Transport"/>.</summary>
    public byte Protocol { get; init; }

    /// <summary>Its own end; port 0: not known yet.</summary>
    public Endpoint Local { get; init; }

    /// <summary>The other end; port 0: not connected.</summary>
    public Endpoint Remote { get; init; }

    /// <summary>The socket is of AF_INET6 …</summary>
    public bool IsIPv6 { get; init; }

    /// <summary>… and takes no IPv4.</summary>
    public bool IsIPv6Only { get; init; }

    /// <summary>The other end began the connection.</summary>
    public bool IsPassive { get; init; }

    /// <summary>Who used it; <see cref="ProcessKey.Pid"/> 0: not known.</summary>
    public ProcessKey Process { get; init; }
}
