using System.Buffers.Binary;
using System.Net;
using Rheo.Capture;
using Rheo.Packets;

namespace Rheo.KernelTests.Flow;

/// <summary>A slot of the kernel's table, said in the words of the packet table.</summary>
internal static class SlotFlow
{
    public static ExpectedFlow Of(in FlowSlot slot) => Key(slot) with
    {
        Source = HasAddresses(slot) ? new IPAddress(slot.Key.Saddr) : null,
        Destination = HasAddresses(slot) ? new IPAddress(slot.Key.Daddr) : null,
    };

    public static ExpectedFlow Of(in WideSlot slot) => Key(slot.Flow) with
    {
        Source = HasAddresses(slot.Flow) ? Inner(slot.Flow, slot.Addresses.Saddr) : null,
        Destination = HasAddresses(slot.Flow) ? Inner(slot.Flow, slot.Addresses.Daddr) : null,
        TunnelId = slot.Flow.Key.Daddr,
        OuterSource = slot.Flow.Key.Tunnel == 0 ? null : Outer(slot.Addresses.OuterSaddr),
        OuterDestination = slot.Flow.Key.Tunnel == 0 ? null : Outer(slot.Addresses.OuterDaddr),
    };

    private static ExpectedFlow Key(in FlowSlot slot)
    {
        var kind = (PacketKind)slot.Key.Kind;
        return new ExpectedFlow
        {
            Kind = kind,
            Reason = kind == PacketKind.Unparsed ? (UnparsedReason)slot.Key.Proto : UnparsedReason.None,
            SourcePort = BinaryPrimitives.ReverseEndianness(slot.Key.Sport),
            DestinationPort = BinaryPrimitives.ReverseEndianness(slot.Key.Dport),
            Protocol = kind == PacketKind.Unparsed ? (byte)0 : slot.Key.Proto,
            TcpFlags = (TcpFlags)slot.TcpFlags,
            UnknownFragment = (slot.Key.Flags & (byte)FlowKeyFlag.Fragment) != 0,
            Vlan = slot.Key.Vlan,
            VlanInner = slot.Key.VlanInner,
            Tunnel = (TunnelKind)slot.Key.Tunnel,
        };
    }

    private static bool HasAddresses(in FlowSlot slot) => (PacketKind)slot.Key.Kind is PacketKind.Ip4 or PacketKind.Ip6 or PacketKind.Arp;

    private static IPAddress Inner(in FlowSlot slot, ReadOnlySpan<byte> bytes)
    {
        var address = new IPAddress(bytes);
        return (PacketKind)slot.Key.Kind == PacketKind.Ip6 ? address : address.MapToIPv4();
    }

    private static IPAddress Outer(ReadOnlySpan<byte> bytes)
    {
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
