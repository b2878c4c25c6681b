using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>Reads the counters of all devices, again and again, without reading everything else about them.</summary>
/// <remarks>
/// <b>Threads</b>: one at a time. <b>Cost</b>: one request, about 220 bytes a device; two delegates are allocated a read, nothing a
/// device. <b>Kernel</b>: 4.7 (RTM_GETSTATS), no capability. It stays with the network namespace of the thread that opened it.
/// </remarks>
public sealed class DeviceCounterReader : IDisposable
{
    private const int RequestSize = 64;

    private readonly RouteSocket _socket;

    private DeviceCounterReader(RouteSocket socket) => _socket = socket;

    /// <summary>Opens a reader in the calling thread's network namespace.</summary>
    /// <returns>A reader to be disposed.</returns>
    /// <exception cref="BpfException">Netlink is refused.</exception>
    public static DeviceCounterReader Open() => new(RouteSocket.Open());

    /// <summary>Replaces what <paramref name="counters"/> holds by the counters of each device that is there now, by index.</summary>
    /// <param name="counters">Filled; devices that are gone are taken out.</param>
    /// <exception cref="BpfException">Netlink is refused.</exception>
    public void Read(Dictionary<int, DeviceCounters> counters)
    {
        var request = new NetlinkWriter(stackalloc byte[RequestSize], RTM_GETSTATS, NLM_F_REQUEST | NLM_F_DUMP);
        request.Put(new if_stats_msg { filter_mask = 1u << (IFLA_STATS_LINK_64 - 1) });
        var errno = _socket.Dump(ref request, counters.Clear, (in NetlinkMessage message) =>
        {
            if (message.TryRead<if_stats_msg>(out var body, out var attributes) && attributes.TryFind(IFLA_STATS_LINK_64, out var stats))
                counters[(int)body.ifindex] = DeviceParser.Counters(stats);
        });
        if (errno != 0)
            throw new BpfException("read device counters", "NETLINK_ROUTE", errno, _socket.Explanation);
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();
}
