namespace Rheo.Bpf.Netlink;

/// <summary>What happened to a device.</summary>
public enum DeviceChangeKind
{
    /// <summary>It is new here: made, moved into this namespace, or there when the watch began.</summary>
    Appeared,

    /// <summary>Something but its counters changed: name, state, address, master, XDP program …</summary>
    Changed,

    /// <summary>It was deleted or moved to another namespace.</summary>
    Gone,

    /// <summary>
    /// The kernel had more to say than the socket could hold, so everything was read again. The changes that follow bring the reader
    /// up to date; what came and went in between was not seen.
    /// </summary>
    Resync,
}
