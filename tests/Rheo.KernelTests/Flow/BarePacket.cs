using System.Buffers.Binary;
using System.Net;
using Rheo.Packets;

namespace Rheo.KernelTests.Flow;

/// <summary>Packets of the table without their Ethernet header, for the programs of devices that have none.</summary>
/// <remarks>
/// A test run takes the EtherType from bytes 12 and 13, whatever is there (bpf_prog_test_run_skb calls eth_type_trans).
/// In a bare packet these are part of the outermost source address: they are set to the EtherType, in the packet as in
/// the expectation.
/// </remarks>
internal static class BarePacket
{
    private const int Ethernet = 14;

    /// <summary>IP directly in Ethernet, and long enough for a test run.</summary>
    public static bool CanBeMade(NamedPacket packet) =>
        packet.Length >= 2 * Ethernet && Type(packet) is EtherType.Ip4 or EtherType.Ip6;

    public static NamedPacket Of(NamedPacket packet)
    {
        var type = Type(packet);
        var frame = packet.Frame[Ethernet..];
        var before = Source(frame, type);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), type);
        return new NamedPacket($"{packet.Name}, bare", frame, Replace(packet.Expected, before, Source(frame, type)));
    }

    private static ushort Type(NamedPacket packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.Frame.AsSpan(12));

    private static IPAddress? Source(byte[] packet, ushort type) => (type, packet.Length) switch
    {
        (EtherType.Ip4, >= 16) => new IPAddress(packet.AsSpan(12, 4)),
        (EtherType.Ip6, >= 24) => new IPAddress(packet.AsSpan(8, 16)),
        _ => null,
    };

    private static ExpectedFlow Replace(ExpectedFlow flow, IPAddress? before, IPAddress? after)
    {
        if (flow.Tunnel == TunnelKind.None)
            return flow.Source is not null && flow.Source.Equals(before) ? flow with { Source = after } : flow;
        return flow.OuterSource!.Equals(before) ? flow with { OuterSource = after } : flow;
    }
}
