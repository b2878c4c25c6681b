namespace Rheo.Bpf.Netlink;

/// <summary>Reads the devices of one network namespace again and again: that of the thread that opened it.</summary>
/// <remarks>
/// <b>Threads</b>: any, one at a time. <b>Kernel</b>: any; no capability. <b>Cost</b>: one dump, which waits for the lock of all devices;
/// socket and buffer are made once.
/// </remarks>
public sealed class DeviceReader : IDisposable
{
    private readonly RouteSocket _socket;

    private DeviceReader(RouteSocket socket) => _socket = socket;

    /// <summary>Opens one for the calling thread's network namespace.</summary>
    /// <exception cref="BpfException">Netlink is refused.</exception>
    public static DeviceReader Open() => new(RouteSocket.Open());

    /// <summary>All devices by index, as they are now, but without what they count, which the kernel would have to add up.</summary>
    /// <exception cref="BpfException">Netlink is refused.</exception>
    public IReadOnlyList<NetworkDevice> List() => NetworkDevices.List(_socket, withCounters: false);

    /// <summary>The devices that have a place for filters (a clsact or ingress qdisc).</summary>
    /// <remarks>Filters that cannot be listed are taken for none.</remarks>
    public IReadOnlySet<int> WithFilters() => Clsact.Interfaces(_socket);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();
}
