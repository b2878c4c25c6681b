using Rheo.Capture;
using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Capture;

/// <summary>Keys as the kernel writes them.</summary>
public sealed class KeyReaderTests
{
    [Fact]
    public void ANarrowKeyIsReadFromNetworkOrder()
    {
        var slot = new FlowSlot
        {
            Key = new()
            {
                Saddr = 0x0100_000a, Daddr = 0x0200_000a, Sport = 0x409c, Dport = 0x5000, Ifindex = 3, Kind = (byte)FlowKind.Ip4, Proto = Transport.Tcp,
                Flags = (byte)FlowKeyFlag.Egress, Vlan = 7, VlanInner = 8,
            },
        };

        var key = KeyReader.Read(in slot);

        Assert.Equal((Address.Parse("10.0.0.1"), Address.Parse("10.0.0.2")), (key.Source, key.Destination));
        Assert.Equal((40_000, 80, 7, 8), (key.SourcePort, key.DestinationPort, key.Vlan, key.InnerVlan));
        Assert.Equal(new ObservationPoint(3, Egress: true), KeyReader.Point(slot.Key));
        Assert.Equal(TunnelKind.None, key.Tunnel.Kind);
    }

    [Fact]
    public void AWideKeyHasTheTunnelAndItsEnds()
    {
        var slot = new WideSlot
        {
            Flow = new() { Key = new() { Kind = (byte)FlowKind.Ip6, Proto = Transport.Udp, Tunnel = (byte)FlowTunnel.Vxlan, Daddr = 42 } },
        };
        Put("2001:db8::1", slot.Addresses.Saddr);
        Put("2001:db8::2", slot.Addresses.Daddr);
        Put("2001:db8::3", slot.Addresses.OuterSaddr);
        Put("2001:db8::4", slot.Addresses.OuterDaddr);

        var key = KeyReader.Read(in slot);

        Assert.Equal(new TunnelId(TunnelKind.Vxlan, 42), key.Tunnel);
        Assert.Equal(
            ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4"],
            new[] { key.Source, key.Destination, key.OuterSource, key.OuterDestination }.Select(address => address.ToString()));
        Assert.Equal(NetworkType.IPv6, key.Network);

        static void Put(string address, Span<byte> into) => System.Net.IPAddress.Parse(address).TryWriteBytes(into, out _);
    }

    [Fact]
    public void IcmpHasATypeAndACodeWhereOthersHaveAPort()
    {
        var slot = new FlowSlot { Key = new() { Kind = (byte)FlowKind.Ip4, Proto = Transport.Icmp, Sport = 0x3412, Dport = 0x0103 } };

        var key = KeyReader.Read(in slot);

        Assert.Equal((0x1234, 0, 3, 1), (key.SourcePort, key.DestinationPort, key.IcmpType, key.IcmpCode));
    }

    [Theory]
    [InlineData(FlowKind.Ip4, Transport.Udp, TrafficClass.Udp, true)]
    [InlineData(FlowKind.Ip6, 99, TrafficClass.OtherIp, true)]
    [InlineData(FlowKind.Arp, 1, TrafficClass.Arp, true)]
    [InlineData(FlowKind.NonIp, 0, TrafficClass.OtherEther, false)]
    [InlineData(FlowKind.Unparsed, (byte)FlowUnparsed.Short, TrafficClass.UnparsedShort, false)]
    [InlineData(FlowKind.Unparsed, (byte)FlowUnparsed.Header, TrafficClass.UnparsedHeader, false)]
    public void FramesWithoutAddressesAreCountedAndAreNobodysConversation(FlowKind kind, byte protocol, TrafficClass trafficClass, bool isConversation)
    {
        var key = new Rheo.Capture.FlowKey { Kind = (byte)kind, Proto = protocol };

        Assert.Equal((trafficClass, isConversation), (KeyReader.Class(in key), KeyReader.IsConversation(in key)));
    }
}
