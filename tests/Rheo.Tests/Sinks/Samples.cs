using Rheo.Model;
using Rheo.Tests.Model;

namespace Rheo.Tests.Sinks;

/// <summary>Conversations of every kind, as a table would show them.</summary>
internal static class Samples
{
    public const long Noon = 1_790_000_000_123_456_789;

    public static readonly InterfaceNames Interfaces = new(index => index switch
    {
        1 => "lo",
        2 => "eth0",
        3 => "=cmd|\e[2J",
        _ => $"if{index}",
    });

    public static Conversation Tcp => new()
    {
        Id = 1,
        Source = new Endpoint(Address.Parse("10.0.0.1"), 40_000),
        Destination = new Endpoint(Address.Parse("10.0.0.2"), 443),
        Initiator = Initiator.Syn,
        Protocol = Transport.Tcp,
        Sent = new Traffic(10, 1_500),
        Received = new Traffic(2_000, 3_000_000),
        SentPath = Path(2, 3),
        ReceivedPath = Path(3, 4),
        TcpState = TcpWireState.Established,
        SentFlags = TcpFlags.Syn | TcpFlags.Ack,
        ReceivedFlags = TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Psh,
        HandshakeRttNs = 1_234_567,
        FirstSeenNs = Noon,
        LastSeenNs = Noon + 5_000_000_001,
        Rates = new ConversationRates(default, new TrafficRate(150, 1, 300_000, 200), default),
        SourceProcesses = [OwnerTable.Curl],
        DestinationProcesses = [OwnerTable.Nginx, OwnerTable.Nginx with { Pid = 813 }],
    };

    public static Conversation TcpEnded =>
        Tcp with { Id = 2, TcpState = TcpWireState.TimeWait, End = EndReason.Fin, HandshakeRttNs = null };

    public static Conversation Udp6InVxlan => new()
    {
        Id = 3,
        Source = new Endpoint(Address.Parse("2001:db8::1"), 5353),
        Destination = new Endpoint(Address.Parse("2001:db8::2"), 53),
        Protocol = Transport.Udp,
        Network = NetworkType.IPv6,
        Vlan = 7,
        InnerVlan = 8,
        Tunnel = new Tunnel(new TunnelId(TunnelKind.Vxlan, 42), Address.Parse("192.0.2.1"), Address.Parse("192.0.2.2")),
        Sent = new Traffic(1, 94),
        FirstSeenNs = Noon,
        LastSeenNs = Noon,
    };

    public static Conversation Ping => new()
    {
        Id = 4,
        Source = new Endpoint(Address.Parse("10.0.0.1"), 0),
        Destination = new Endpoint(Address.Parse("10.0.0.9"), 0),
        Protocol = Transport.Icmp,
        IcmpType = 8,
        Sent = new Traffic(4, 392),
        Received = new Traffic(4, 392),
        FirstSeenNs = Noon,
        LastSeenNs = Noon + 3_000_000_000,
    };

    public static Conversation Arp => new()
    {
        Id = 5,
        Source = new Endpoint(Address.Parse("10.0.0.1"), 0),
        Destination = new Endpoint(Address.Parse("10.0.0.2"), 0),
        Network = NetworkType.Arp,
        Sent = new Traffic(1, 42),
        Received = new Traffic(1, 42),
        FirstSeenNs = Noon,
        LastSeenNs = Noon + 1,
    };

    public static Conversation Fragments => new()
    {
        Id = 6,
        Source = new Endpoint(Address.Parse("10.0.0.1"), 0),
        Destination = new Endpoint(Address.Parse("10.0.0.2"), 0),
        Protocol = Transport.Udp,
        IsFragment = true,
        Sent = new Traffic(3, 4_000),
        FirstSeenNs = Noon,
        LastSeenNs = Noon,
    };

    public static Conversation InIpIp => Ping with
    {
        Id = 7,
        Protocol = 253,
        Tunnel = new Tunnel(new TunnelId(TunnelKind.IpIp, 0), Address.Parse("192.0.2.1"), Address.Parse("192.0.2.2")),
    };

    // Only a table can make a path.
    private static InterfacePath Path(int counting, int next)
    {
        var table = Flows.Table();
        table.See(Flows.Request, Flows.In(counting), Flows.Start, 1);
        table.See(Flows.Request, Flows.Out(next), Flows.Start + 1, 1);
        table.Tick(Flows.Start + Flows.Second);
        return table.Single().SentPath;
    }

    public static Conversation[] All => [Tcp, TcpEnded, Udp6InVxlan, Ping, Arp, Fragments, InIpIp];
}
