using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Rheo.Model;

namespace Rheo.Capture;

/// <summary>Keys as the kernel writes them, made into the model's.</summary>
internal static class KeyReader
{
    /// <summary>The protocols that have ports where ICMP has type and code.</summary>
    private static bool IsIcmp(byte protocol) => protocol is Transport.Icmp or Transport.Icmp6;

    internal static Model.FlowKey Read(in FlowSlot slot)
    {
        ref readonly var key = ref slot.Key;
        return Fill(key) with { Source = FromIp4(key.Saddr), Destination = FromIp4(key.Daddr) };
    }

    internal static Model.FlowKey Read(in WideSlot slot)
    {
        ref readonly var key = ref slot.Flow.Key;
        return Fill(key) with
        {
            Source = From(slot.Addresses.Saddr),
            Destination = From(slot.Addresses.Daddr),
            Tunnel = key.Tunnel == 0 ? default : new TunnelId((TunnelKind)key.Tunnel, key.Daddr),
            OuterSource = key.Tunnel == 0 ? default : From(slot.Addresses.OuterSaddr),
            OuterDestination = key.Tunnel == 0 ? default : From(slot.Addresses.OuterDaddr),
        };
    }

    internal static ObservationPoint Point(in FlowKey key) =>
        new((int)key.Ifindex, (key.Flags & (byte)FlowKeyFlag.Egress) != 0);

    internal static TrafficClass Class(in FlowKey key) => (FlowKind)key.Kind switch
    {
        FlowKind.Ip4 or FlowKind.Ip6 => InterfaceTotals.ClassOf(key.Proto),
        FlowKind.Arp => TrafficClass.Arp,
        FlowKind.NonIp => TrafficClass.OtherEther,
        _ => (FlowUnparsed)key.Proto switch
        {
            FlowUnparsed.Short => TrafficClass.UnparsedShort,
            FlowUnparsed.Header => TrafficClass.UnparsedHeader,
            _ => TrafficClass.UnparsedTooDeep,
        },
    };

    /// <summary>Frames without addresses are counted by interface; they are nobody's conversation.</summary>
    internal static bool IsConversation(in FlowKey key) => (FlowKind)key.Kind is FlowKind.Ip4 or FlowKind.Ip6 or FlowKind.Arp;

    internal static Address From(in InlineArray16<byte> bytes) => new((ReadOnlySpan<byte>)bytes);

    private static Model.FlowKey Fill(in FlowKey key)
    {
        var destination = Port(key.Dport);
        var icmp = IsIcmp(key.Proto);
        return new Model.FlowKey
        {
            SourcePort = Port(key.Sport),
            DestinationPort = icmp ? (ushort)0 : destination,
            IcmpType = icmp ? (byte)(destination >> 8) : (byte)0,
            IcmpCode = icmp ? (byte)destination : (byte)0,
            Protocol = key.Proto,
            Network = (FlowKind)key.Kind switch
            {
                FlowKind.Ip6 => NetworkType.IPv6,
                FlowKind.Arp => NetworkType.Arp,
                _ => NetworkType.IPv4,
            },
            IsFragment = (key.Flags & (byte)FlowKeyFlag.Fragment) != 0,
            Vlan = key.Vlan,
            InnerVlan = key.VlanInner,
        };
    }

    internal static ushort Port(ushort networkOrder) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(networkOrder) : networkOrder;

    private static Address FromIp4(uint networkOrder) =>
        Address.FromIPv4(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(networkOrder) : networkOrder);
}
