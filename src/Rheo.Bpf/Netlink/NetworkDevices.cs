using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>The network devices of the calling thread's network namespace, read once.</summary>
/// <remarks>
/// <b>Threads</b>: any; each call has its own socket. <b>Kernel</b>: any; no capability.
/// <b>Errors</b>: <see cref="BpfException"/> when netlink itself is refused.
/// </remarks>
public static class NetworkDevices
{
    private const int RequestSize = 128;

    /// <summary>Lists all devices, by index.</summary>
    /// <returns>A list that holds together: it is read again when the kernel says that it changed meanwhile.</returns>
    public static IReadOnlyList<NetworkDevice> List()
    {
        using var socket = RouteSocket.Open();
        return List(socket);
    }

    /// <summary>Looks one device up by its index.</summary>
    /// <param name="index">The ifindex.</param>
    /// <returns>The device, or null when there is none.</returns>
    public static NetworkDevice? Find(int index)
    {
        using var socket = RouteSocket.Open();
        var request = new NetlinkWriter(stackalloc byte[RequestSize], RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK);
        request.Put(new ifinfomsg { ifi_index = index });
        NetworkDevice? found = null;
        var errno = socket.Execute(ref request, (in NetlinkMessage message) =>
        {
            if (message.Type == RTM_NEWLINK && DeviceParser.TryParse(message, out var device))
                found = device;
        });
        if (errno is not (0 or Errno.ENODEV) && index > 0)
            throw new BpfException("read a network device", $"ifindex {index}", errno, socket.Explanation);
        return found;
    }

    /// <summary>Looks one device up by its name.</summary>
    /// <param name="name">The name, as <see cref="NetworkDevice.Name"/> shows it.</param>
    /// <returns>The device, or null when there is none.</returns>
    public static NetworkDevice? Find(string name) => List().FirstOrDefault(device => device.Name == name);

    internal static List<NetworkDevice> List(RouteSocket socket, bool withCounters = true)
    {
        var devices = new List<NetworkDevice>();
        var request = new NetlinkWriter(stackalloc byte[RequestSize], RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP);
        request.Put(new ifinfomsg());
        if (!withCounters)
            request.Attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        var errno = socket.Dump(ref request, devices.Clear, (in NetlinkMessage message) =>
        {
            if (message.Type == RTM_NEWLINK && DeviceParser.TryParse(message, out var device))
                devices.Add(device);
        });
        if (errno != 0)
            throw new BpfException("list network devices", "NETLINK_ROUTE", errno, socket.Explanation);
        return devices;
    }
}
