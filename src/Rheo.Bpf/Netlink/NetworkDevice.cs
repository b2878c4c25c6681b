namespace Rheo.Bpf.Netlink;

/// <summary>One network device ("link" in the words of <c>ip</c>), as the kernel described it at one moment.</summary>
/// <remarks>Equality compares all that is described here, counters too; see <see cref="SameAs"/>.</remarks>
public sealed record NetworkDevice
{
    /// <summary>
    /// The index (ifindex). Unique in its network namespace at one moment; the kernel may give it again to another device.
    /// </summary>
    public required int Index { get; init; }

    /// <summary>
    /// The name, at most 15 bytes of anything but '/', ':' and white space. Bytes that are no UTF-8 stand as <c>\xHH</c>;
    /// control characters are kept: escape them where a person reads them.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The driver's kind: "veth", "bridge", "vxlan", "tun", "gre", "ipip" …; empty for hardware and loopback.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The hardware type: a number of linux/if_arp.h (1 Ethernet, 772 loopback, 65534 none).</summary>
    public ushort HardwareType { get; init; }

    /// <summary>True when the device is administratively up (IFF_UP).</summary>
    public bool IsUp { get; init; }

    /// <summary>True when the device also has a carrier (IFF_LOWER_UP).</summary>
    public bool HasCarrier { get; init; }

    /// <summary>True for <c>lo</c>.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>The device's own link-layer address.</summary>
    public HardwareAddress Address { get; init; }

    /// <summary>The largest packet it carries. <b>Units</b>: bytes, without the link-layer header.</summary>
    public uint Mtu { get; init; }

    /// <summary>The device this one is a port of (bridge, bond), or 0.</summary>
    public int Master { get; init; }

    /// <summary>
    /// The device below (VLAN, macvlan) or at the other end (veth), or 0. In another namespace when <see cref="LowerNamespace"/> is set.
    /// </summary>
    public int Lower { get; init; }

    /// <summary>The kernel's id of the namespace that <see cref="Lower"/> lives in, or null: in this one.</summary>
    public int? LowerNamespace { get; init; }

    /// <summary>Identifier and port of a vxlan or geneve device; null for others.</summary>
    public TunnelPort? Tunnel { get; init; }

    /// <summary>The XDP program at the device, or null.</summary>
    public XdpAttachment? Xdp { get; init; }

    /// <summary>What the device has counted.</summary>
    public DeviceCounters Counters { get; init; }

    /// <summary>True when packets at this device begin with a link-layer header; false for tun, ipip, gre and the like.</summary>
    /// <remarks><b>Source</b>: dev_is_mac_header_xmit() in linux/if_arp.h.</remarks>
    public bool HasLinkHeader => HardwareType is not (
        512 or 519 or 768 or 769 or 776 or 778 or 823 or 65534 or 65535); // PPP, RAWIP, TUNNEL, TUNNEL6, SIT, IPGRE, IP6GRE, NONE, VOID

    /// <summary>Tells whether two descriptions differ in their counters at most.</summary>
    /// <param name="other">The other description.</param>
    /// <returns>True when nothing else differs.</returns>
    public bool SameAs(NetworkDevice other) => other is not null && this with { Counters = other.Counters } == other;
}
