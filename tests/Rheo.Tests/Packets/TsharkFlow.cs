using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Rheo.Packets;

namespace Rheo.Tests.Packets;

/// <summary>The key that follows from tshark's dissection, header by header as tshark names them.</summary>
/// <remarks>What is ours here is only the question where to stop: at the transport, at a fragment, at a protocol that
/// Rheo does not follow. What each field says is tshark's word.</remarks>
internal sealed class TsharkFlow
{
    private static readonly string[] Extensions =
        ["ipv6.nxt", "ipv6.hopopts.nxt", "ipv6.dstopts.nxt", "ipv6.routing.nxt", "ipv6.fraghdr.nxt", "ah.next_header"];

    /// <summary>Wireshark's PI_WARN; PI_ERROR is greater.</summary>
    private const uint Warning = 0x600000;

    private readonly List<ushort> _tags = [];
    private ExpectedFlow _flow = new() { Kind = PacketKind.NonIp };
    private (TunnelKind Kind, uint Id)? _entering;
    private bool _fragment;

    /// <summary>Some fragment but the first: tshark cannot know its ports.</summary>
    public bool IsLaterFragment { get; private set; }

    public ExpectedFlow Flow => _flow with { Vlan = _tags.ElementAtOrDefault(0), VlanInner = _tags.ElementAtOrDefault(1) };

    public static TsharkFlow Of(XElement packet)
    {
        var flow = new TsharkFlow();
        foreach (var header in packet.Elements("proto"))
        {
            if (!flow.Add(header))
                break;
        }
        return flow;
    }

    /// <summary>Tshark finds fault with the packet: malformed, or an error or warning of its own.</summary>
    public static bool IsFaulty(XElement packet) => packet.Descendants().Any(element =>
        (string?)element.Attribute("name") == "_ws.malformed"
        || ((string?)element.Attribute("name") == "_ws.expert.severity" && Value(element) >= Warning));

    private bool Add(XElement header) => (string?)header.Attribute("name") switch
    {
        "geninfo" or "frame" => true,
        "eth" => Ethernet(header),
        "vlan" or "ieee8021ad" => Tag(header),
        "ip" => Ip(header, "ip", PacketKind.Ip4),
        "ipv6" => Ip(header, "ipv6", PacketKind.Ip6),
        "ah" => Set(_flow with { Protocol = (byte)Number(header, "ah.next_header") }),
        "gre" => !_fragment && Enter(TunnelKind.Gre, Optional(header, "gre.key") ?? 0),
        "vxlan" => !_fragment && (Number(header, "vxlan.flags") & 0x0800) != 0 && Enter(TunnelKind.Vxlan, Number(header, "vxlan.vni")),
        "geneve" => !_fragment && Enter(TunnelKind.Geneve, Number(header, "geneve.vni")),
        "arp" => Arp(header),
        "udp" => Set(Ports(header, "udp")),
        "tcp" => Tcp(header),
        "udplite" => Last(Ports(header, "udp")),
        "sctp" => Last(Ports(header, "sctp")),
        "dccp" => Last(Ports(header, "dccp")),
        "icmp" => Icmp(header, "icmp"),
        "icmpv6" => Icmp(header, "icmpv6"),
        _ => false,
    };

    private bool Ethernet(XElement header)
    {
        Inside();
        return Type(header, "eth.type", "eth.len");
    }

    private bool Tag(XElement header)
    {
        var tags = Fields(header, "vlan.id", "ieee8021ad.id", "ieee8021ad.svid", "ieee8021ad.cvid");
        if (_flow.Tunnel == TunnelKind.None)
            _tags.AddRange(tags.Select(tag => (ushort)Value(tag)));
        return Type(header, "vlan.etype", "vlan.len", "ieee8021ah.etype");
    }

    private bool Type(XElement header, params string[] names)
    {
        if (Fields(header, names).LastOrDefault() is { } type)
            _flow = _flow with { Kind = PacketKind.NonIp, SourcePort = (ushort)Value(type) };
        return true;
    }

    private bool Ip(XElement header, string name, PacketKind kind)
    {
        if (_fragment)
            return false;
        if (_entering is null && _flow.Kind is PacketKind.Ip4 or PacketKind.Ip6)
            Enter(TunnelKind.IpIp, 0);
        Inside();
        _flow = _flow with
        {
            Kind = kind,
            Source = Address(header, name + ".src"),
            Destination = Address(header, name + ".dst"),
            SourcePort = 0,
            Protocol = (byte)Value(Fields(header, kind == PacketKind.Ip4 ? ["ip.proto"] : Extensions).Last()),
        };
        var offset = Optional(header, kind == PacketKind.Ip4 ? "ip.frag_offset" : "ipv6.fraghdr.offset") ?? 0;
        IsLaterFragment = offset > 0;
        _fragment = IsLaterFragment || Optional(header, kind == PacketKind.Ip4 ? "ip.flags.mf" : "ipv6.fraghdr.more") == 1;
        return !IsLaterFragment;
    }

    private bool Enter(TunnelKind tunnel, uint id)
    {
        _entering = (tunnel, id);
        return true;
    }

    /// <summary>A header inside a tunnel: what was known becomes the outside.</summary>
    private void Inside()
    {
        if (_entering is not { } tunnel)
            return;
        _entering = null;
        _flow = new ExpectedFlow
        {
            Kind = PacketKind.NonIp,
            Tunnel = tunnel.Kind,
            TunnelId = tunnel.Id,
            OuterSource = _flow.Source,
            OuterDestination = _flow.Destination,
        };
    }

    private bool Arp(XElement header) => Last(_flow with
    {
        Kind = PacketKind.Arp,
        SourcePort = 0,
        Source = Fields(header, "arp.src.proto_ipv4").Any() ? Address(header, "arp.src.proto_ipv4") : null,
        Destination = Fields(header, "arp.dst.proto_ipv4").Any() ? Address(header, "arp.dst.proto_ipv4") : null,
    });

    private bool Tcp(XElement header) => Last(Ports(header, "tcp") with { TcpFlags = (TcpFlags)(Number(header, "tcp.flags") & 0x1ff) });

    private bool Icmp(XElement header, string name) =>
        Last(_flow with { DestinationPort = (ushort)(Number(header, name + ".type") << 8 | Number(header, name + ".code")) });

    private ExpectedFlow Ports(XElement header, string name) => _flow with
    {
        SourcePort = (ushort)Number(header, name + ".srcport"),
        DestinationPort = (ushort)Number(header, name + ".dstport"),
    };

    private bool Set(ExpectedFlow flow)
    {
        _flow = flow;
        return true;
    }

    private bool Last(ExpectedFlow flow)
    {
        _flow = flow;
        return false;
    }

    private static IEnumerable<XElement> Fields(XElement header, params string[] names) =>
        header.Descendants("field").Where(field => names.Contains((string?)field.Attribute("name")));

    private static uint? Optional(XElement header, string name) => Fields(header, name).FirstOrDefault() is { } field ? Value(field) : null;

    private static uint Number(XElement header, string name) =>
        Optional(header, name) ?? throw new KeyNotFoundException($"tshark shows no {name}");

    private static IPAddress Address(XElement header, string name) => IPAddress.Parse(Show(Fields(header, name).First()));

    private static uint Value(XElement field)
    {
        var text = Show(field);
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : uint.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string Show(XElement element) => (string?)element.Attribute("show") ?? "0";
}
