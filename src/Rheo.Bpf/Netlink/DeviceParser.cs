using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>Reads a device out of an RTM_NEWLINK or RTM_DELLINK message.</summary>
internal static class DeviceParser
{
    /// <summary>
    /// False for a message that is not about a device as such: bridges and others announce the state of a port as RTM_NEWLINK and
    /// RTM_DELLINK of their own address family, which would look like a device that is gone; and wireless drivers announce each scan as
    /// RTM_NEWLINK with nothing but the name (rtnetlink_ifinfo_prep in net/wireless/wext-core.c), which would look like one that lost all else.
    /// </summary>
    internal static bool TryParse(in NetlinkMessage message, out NetworkDevice device)
    {
        device = null!;
        if (!message.TryRead<ifinfomsg>(out var body, out var attributes) || body.ifi_family != AF_UNSPEC || body.ifi_index <= 0
            || attributes.TryFind(IFLA_WIRELESS, out _))
            return false;
        device = new NetworkDevice
        {
            Index = body.ifi_index,
            Name = Text(attributes, IFLA_IFNAME),
            HardwareType = body.ifi_type,
            IsUp = (body.ifi_flags & IFF_UP) != 0,
            HasCarrier = (body.ifi_flags & IFF_LOWER_UP) != 0,
            IsLoopback = (body.ifi_flags & IFF_LOOPBACK) != 0,
            Address = attributes.TryFind(IFLA_ADDRESS, out var address) ? new HardwareAddress(address) : default,
            Mtu = Number(attributes, IFLA_MTU) ?? 0,
            Master = (int)(Number(attributes, IFLA_MASTER) ?? 0),
            Lower = (int)(Number(attributes, IFLA_LINK) ?? 0),
            LowerNamespace = (int?)Number(attributes, IFLA_LINK_NETNSID),
            Xdp = attributes.TryFind(IFLA_XDP, out var xdp) ? Xdp(new NetlinkAttributes(xdp)) : null,
            Counters = attributes.TryFind(IFLA_STATS64, out var stats) ? Counters(stats) : default,
        };
        if (attributes.TryFind(IFLA_LINKINFO, out var info))
            device = WithKind(device, new NetlinkAttributes(info));
        return true;
    }

    /// <summary>Reads the head of struct rtnl_link_stats64; all zero when it is too short.</summary>
    internal static DeviceCounters Counters(ReadOnlySpan<byte> value) =>
        MemoryMarshal.TryRead<rtnl_link_stats64>(value, out var stats)
            ? new DeviceCounters(
                stats.rx_packets, stats.tx_packets, stats.rx_bytes, stats.tx_bytes,
                stats.rx_errors, stats.tx_errors, stats.rx_dropped, stats.tx_dropped)
            : default;

    private static NetworkDevice WithKind(NetworkDevice device, NetlinkAttributes info)
    {
        var kind = Text(info, IFLA_INFO_KIND);
        var data = info.TryFind(IFLA_INFO_DATA, out var value) ? new NetlinkAttributes(value) : default;
        return device with
        {
            Kind = kind,
            Tunnel = kind switch
            {
                "vxlan" => new TunnelPort(Number(data, IFLA_VXLAN_ID) ?? 0, Port(data, IFLA_VXLAN_PORT)),
                "geneve" => new TunnelPort(Number(data, IFLA_GENEVE_ID) ?? 0, Port(data, IFLA_GENEVE_PORT)),
                _ => null,
            },
        };
    }

    private static XdpAttachment? Xdp(NetlinkAttributes xdp)
    {
        if (!xdp.TryFind(IFLA_XDP_ATTACHED, out var attached) || attached.IsEmpty || attached[0] == 0)
            return null;
        // XDP_ATTACHED_DRV, _SKB, _HW, _MULTI: with several there is no IFLA_XDP_PROG_ID, so the one that runs first stands for them.
        var mode = attached[0] switch { 1 => XdpMode.Native, 2 => XdpMode.Generic, 3 => XdpMode.Offload, _ => XdpMode.Any };
        var id = Number(xdp, IFLA_XDP_PROG_ID) ?? Number(xdp, IFLA_XDP_HW_PROG_ID) ?? Number(xdp, IFLA_XDP_DRV_PROG_ID)
            ?? Number(xdp, IFLA_XDP_SKB_PROG_ID) ?? 0;
        return new XdpAttachment(mode, id);
    }

    private static string Text(NetlinkAttributes attributes, ushort type) =>
        attributes.TryFind(type, out var value) ? NetlinkText.Decode(value) : "";

    private static uint? Number(NetlinkAttributes attributes, ushort type) =>
        attributes.TryFind(type, out var value) && MemoryMarshal.TryRead<uint>(value, out var number) ? number : null;

    private static ushort Port(NetlinkAttributes attributes, ushort type) =>
        attributes.TryFind(type, out var value) && BinaryPrimitives.TryReadUInt16BigEndian(value, out var port) ? port : (ushort)0;
}
