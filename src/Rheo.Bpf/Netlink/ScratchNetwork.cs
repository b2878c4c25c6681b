using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>
/// A network namespace of the calling thread's own, with <c>lo</c> and the two ends of a cable in it, to try programs on without touching anything
/// that is there. It ends with the thread, whatever happens: nothing has a name, nothing is left.
/// </summary>
/// <remarks>
/// <b>Threads</b>: enter on a thread made for it; that thread can never go back, and threads that it starts are in the namespace, too.
/// <b>Kernel</b>: any, with CAP_SYS_ADMIN and CAP_NET_ADMIN; veth.
/// </remarks>
public static class ScratchNetwork
{
    private const int NewNetwork = 0x4000_0000; // CLONE_NEWNET
    private const int Loopback = 1;

    /// <summary>Moves the calling thread into a new namespace and makes a cable in it.</summary>
    /// <param name="left">Name of one end.</param>
    /// <param name="right">Name of the other.</param>
    /// <exception cref="BpfException">A right is missing, or the kernel has no veth.</exception>
    public static void Enter(string left, string right)
    {
        if (NetworkCalls.unshare(NewNetwork) != 0)
            throw Refused("make a network namespace", Marshal.GetLastPInvokeError(), null);
        using var socket = RouteSocket.Open();
        MakeCable(socket, left, right);
        SilenceIpv6();
        SetUp(socket, Loopback);
        foreach (var device in NetworkDevices.List().Where(device => !device.IsLoopback))
            SetUp(socket, device.Index);
    }

    private static void MakeCable(RouteSocket socket, string left, string right)
    {
        var request = new NetlinkWriter(stackalloc byte[512], RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
        request.Put(new ifinfomsg());
        request.Attribute(IFLA_IFNAME, left);
        var info = request.BeginNest(IFLA_LINKINFO);
        request.Attribute(IFLA_INFO_KIND, "veth");
        var data = request.BeginNest(IFLA_INFO_DATA);
        var peer = request.BeginNest(VETH_INFO_PEER);
        request.Put(new ifinfomsg());
        request.Attribute(IFLA_IFNAME, right);
        request.EndNest(peer);
        request.EndNest(data);
        request.EndNest(info);
        var errno = socket.Execute(ref request);
        if (errno != 0)
            throw Refused("make a veth pair", errno, socket.Explanation);
    }

    // Else the kernel's own neighbour discovery is on the cable, too. In a container /proc/sys may be read-only.
    private static void SilenceIpv6()
    {
        try
        {
            File.WriteAllText("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A few packets more, which are counted as any others.
        }
    }

    private static void SetUp(RouteSocket socket, int index)
    {
        var request = new NetlinkWriter(stackalloc byte[64], RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK);
        request.Put(new ifinfomsg { ifi_index = index, ifi_flags = IFF_UP, ifi_change = IFF_UP });
        var errno = socket.Execute(ref request);
        if (errno != 0)
            throw Refused("set a device up", errno, socket.Explanation);
    }

    private static BpfException Refused(string operation, int errno, string? explanation) =>
        new(operation, "to try programs on", errno, AttachAdvice.For(errno, Capability.SysAdmin, Capability.NetAdmin) ?? explanation);
}
