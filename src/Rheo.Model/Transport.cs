namespace Rheo.Model;

/// <summary>IP protocol numbers and the names that IANA, tcpdump and OpenTelemetry's <c>network.transport</c> give them.</summary>
/// <remarks>Source: https://www.iana.org/assignments/protocol-numbers.</remarks>
public static class Transport
{
    /// <summary>Internet Control Message Protocol, for IPv4.</summary>
    public const byte Icmp = 1;

    /// <summary>Transmission Control Protocol.</summary>
    public const byte Tcp = 6;

    /// <summary>User Datagram Protocol.</summary>
    public const byte Udp = 17;

    /// <summary>Datagram Congestion Control Protocol.</summary>
    public const byte Dccp = 33;

    /// <summary>Generic Routing Encapsulation.</summary>
    public const byte Gre = 47;

    /// <summary>Internet Control Message Protocol, for IPv6.</summary>
    public const byte Icmp6 = 58;

    /// <summary>Stream Control Transmission Protocol.</summary>
    public const byte Sctp = 132;

    /// <summary>UDP-Lite.</summary>
    public const byte UdpLite = 136;

    private static readonly string?[] Names = BuildNames();

    /// <summary>The protocol's name in lower case, such as <c>tcp</c>; <c>proto-253</c> where there is none.</summary>
    /// <remarks>Cost: no allocation.</remarks>
    public static string Name(byte protocol) => Names[protocol]!;

    /// <summary>Finds the number of a name (<c>tcp</c>, <c>icmp6</c> or <c>icmpv6</c>, in any case); false when there is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out byte protocol)
    {
        if (name.Equals("icmp6", StringComparison.OrdinalIgnoreCase))
        {
            protocol = Icmp6;
            return true;
        }
        for (var number = 0; number < Names.Length; number++)
        {
            if (!name.Equals(Names[number], StringComparison.OrdinalIgnoreCase))
                continue;
            protocol = (byte)number;
            return true;
        }
        protocol = 0;
        return false;
    }

    /// <summary>Whether flows of this protocol have ports.</summary>
    public static bool HasPorts(byte protocol) => protocol is Tcp or Udp or Sctp or Dccp or UdpLite;

    private static string?[] BuildNames()
    {
        var names = new string?[256];
        (byte, string)[] known =
        [
            (0, "hopopt"), (Icmp, "icmp"), (2, "igmp"), (4, "ipip"), (Tcp, "tcp"), (8, "egp"), (9, "igp"), (Udp, "udp"), (27, "rdp"),
            (Dccp, "dccp"), (41, "ipv6"), (43, "ipv6-route"), (44, "ipv6-frag"), (46, "rsvp"), (Gre, "gre"), (50, "esp"), (51, "ah"),
            (Icmp6, "icmpv6"), (59, "ipv6-nonxt"), (60, "ipv6-opts"), (88, "eigrp"), (89, "ospf"), (94, "ipip-old"), (97, "etherip"),
            (98, "encap"), (103, "pim"), (108, "ipcomp"), (112, "vrrp"), (115, "l2tp"), (124, "isis"), (Sctp, "sctp"), (133, "fc"),
            (UdpLite, "udplite"), (137, "mpls"), (139, "hip"), (140, "shim6"), (142, "rohc"), (143, "ethernet"),
        ];
        foreach (var (number, name) in known)
            names[number] = name;
        for (var number = 0; number < names.Length; number++)
            names[number] ??= $"proto-{number}";
        return names;
    }
}
