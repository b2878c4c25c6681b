using Rheo.Packets;
using Xunit;

namespace Rheo.Tests.Packets;

public sealed class TableTests
{
    [Fact]
    public void TheTableHasAtLeast220Packets() => Assert.True(PacketTable.All.Count >= 220, $"{PacketTable.All.Count} packets");

    [Fact]
    public void EveryPacketHasANameOfItsOwn()
    {
        var names = PacketTable.All.Concat(PacketTable.Sequences.SelectMany(sequence => sequence.Packets)).Select(packet => packet.Name);
        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void EverySequenceHasANameOfItsOwn() =>
        Assert.Empty(PacketTable.Sequences.GroupBy(sequence => sequence.Name).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void NoTwoPacketsAreTheSameBytes() =>
        Assert.Empty(PacketTable.All.GroupBy(packet => Convert.ToHexString(packet.Frame)).Where(group => group.Count() > 1)
            .Select(group => string.Join(" = ", group.Select(packet => packet.Name))));

    [Fact]
    public void EveryPacketHoldsAnEthernetHeader() =>
        Assert.All(PacketTable.All, packet => Assert.True(packet.Length >= 14, packet.Name));

    [Fact]
    public void TheKeyLiesWithinThePacketUnlessItIsUnparsed() =>
        Assert.All(PacketTable.All.Where(packet => packet.Expected.Kind != PacketKind.Unparsed), packet =>
        {
            Assert.InRange(packet.KeyLength, 14, packet.HeadersLength);
            Assert.True(packet.HeadersLength <= packet.Length, packet.Name);
        });

    [Fact]
    public void AnUnparsedPacketSaysWhyAndNothingElse() =>
        Assert.All(PacketTable.All.Select(packet => packet.Expected), flow =>
            Assert.Equal(flow.Kind == PacketKind.Unparsed, flow.Reason != UnparsedReason.None));

    [Fact]
    public void EveryKindEveryReasonAndEveryTunnelIsThere()
    {
        Assert.Equal(5, PacketTable.All.Select(packet => packet.Expected.Kind).Distinct().Count());
        Assert.Equal(4, PacketTable.All.Select(packet => packet.Expected.Reason).Distinct().Count());
        Assert.Equal(5, PacketTable.All.Select(packet => packet.Expected.Tunnel).Distinct().Count());
    }

    [Fact]
    public void EveryTcpFlagIsSeenAlone()
    {
        var seen = PacketTable.All.Select(packet => packet.Expected.TcpFlags).ToHashSet();
        Assert.All(Enum.GetValues<TcpFlags>(), flag => Assert.Contains(flag, seen));
    }

    [Fact]
    public void APacketIsFoundByItsName() => Assert.Equal(42, PacketTable.Named("UDP without payload").Length);
}
