using System.Net;
using System.Net.Sockets;

namespace Rheo.Packets;

/// <summary>Words for the expectations of the table.</summary>
public static class Expect
{
    public static ExpectedFlow Tcp(string source, ushort sourcePort, string destination, ushort destinationPort, TcpFlags flags) =>
        Ports(IpProtocol.Tcp, source, sourcePort, destination, destinationPort) with { TcpFlags = flags };

    public static ExpectedFlow Udp(string source, ushort sourcePort, string destination, ushort destinationPort) =>
        Ports(IpProtocol.Udp, source, sourcePort, destination, destinationPort);

    public static ExpectedFlow Ports(byte protocol, string source, ushort sourcePort, string destination, ushort destinationPort) =>
        Ip(source, destination, protocol) with { SourcePort = sourcePort, DestinationPort = destinationPort };

    /// <summary>ICMP or ICMPv6, by the family of the addresses.</summary>
    public static ExpectedFlow Icmp(string source, string destination, byte type, byte code = 0)
    {
        var flow = Ip(source, destination, IpProtocol.Icmp) with { DestinationPort = (ushort)(type << 8 | code) };
        return flow.Kind == PacketKind.Ip6 ? flow with { Protocol = IpProtocol.Icmp6 } : flow;
    }

    /// <summary>A protocol without ports.</summary>
    public static ExpectedFlow Ip(string source, string destination, byte protocol)
    {
        var from = IPAddress.Parse(source);
        return new ExpectedFlow
        {
            Kind = from.AddressFamily == AddressFamily.InterNetwork ? PacketKind.Ip4 : PacketKind.Ip6,
            Source = from,
            Destination = IPAddress.Parse(destination),
            Protocol = protocol,
        };
    }

    /// <summary>A later fragment without its first: addresses and protocol are all that is known.</summary>
    public static ExpectedFlow Fragment(string source, string destination, byte protocol) =>
        Ip(source, destination, protocol) with { UnknownFragment = true };

    public static ExpectedFlow Arp(string sender, string target) => new()
    {
        Kind = PacketKind.Arp,
        Source = IPAddress.Parse(sender),
        Destination = IPAddress.Parse(target),
    };

    /// <summary>ARP for something else than IPv4 over a six-byte hardware address.</summary>
    public static ExpectedFlow ArpWithoutAddresses() => new() { Kind = PacketKind.Arp };

    public static ExpectedFlow NonIp(ushort etherTypeOrLength) => new() { Kind = PacketKind.NonIp, SourcePort = etherTypeOrLength };

    public static ExpectedFlow Unparsed(UnparsedReason reason) => new() { Kind = PacketKind.Unparsed, Reason = reason };
}
