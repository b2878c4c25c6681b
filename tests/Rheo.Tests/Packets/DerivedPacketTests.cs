using Rheo.Packets;
using Xunit;

namespace Rheo.Tests.Packets;

public sealed class DerivedPacketTests
{
    [Fact]
    public void OneSeedGivesTheSameMutantsAgain() => Assert.Equal(Digest(seed: 7), Digest(seed: 7));

    [Fact]
    public void AnotherSeedGivesOthers() => Assert.NotEqual(Digest(seed: 7), Digest(seed: 8));

    [Fact]
    public void MutantsFitTheBufferAndHoldAnEthernetHeader()
    {
        var mutants = new Mutants(1);
        var buffer = new byte[1500];
        for (var i = 0; i < 100_000; i++)
            Assert.InRange(mutants.Next(buffer), 14, buffer.Length);
    }

    [Fact]
    public void AMutantCostsNoAllocation()
    {
        var mutants = new Mutants(1);
        var buffer = new byte[2048];
        for (var i = 0; i < 1_000; i++)
            mutants.Next(buffer); // each way to damage a packet has been gone once

        Assert.Equal(0, Allocated.By(() =>
        {
            for (var i = 0; i < 10_000; i++)
                mutants.Next(buffer);
        }));
    }

    [Fact]
    public void MutantsAreSeldomWhatTheyWere()
    {
        var originals = PacketTable.All.Select(packet => Convert.ToHexString(packet.Frame)).ToHashSet();
        var mutants = new Mutants(3);
        var buffer = new byte[2048];
        var unchanged = Enumerable.Range(0, 1000).Count(_ => originals.Contains(Convert.ToHexString(buffer, 0, mutants.Next(buffer))));
        Assert.InRange(unchanged, 0, 150);
    }

    [Fact]
    public void EveryShortFrameIsCutAtEveryByte()
    {
        var packet = PacketTable.Named("UDP");
        Assert.Equal(Enumerable.Range(14, packet.Length - 14), Cuts.Of(packet).Select(cut => cut.Length));
    }

    [Fact]
    public void ACutSaysWhatMustBeKnownOfIt()
    {
        var packet = PacketTable.Named("TCP SYN with the options of Linux");
        Assert.True(new Cut(packet, 53).MustBeUnparsed);
        Assert.False(new Cut(packet, 54).MustBeUnparsed);
        Assert.False(new Cut(packet, 73).MustBeWhole);
        Assert.True(new Cut(packet, packet.Length).MustBeWhole);
    }

    [Fact]
    public void ACaptureFileIsClassicPcapWithNanoseconds()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream))
            writer.Write([1, 2, 3], TimeSpan.FromTicks(12_345_678), wireLength: 9);
        Assert.Equal(
            "4D3CB2A10200040000000000000000000000040001000000" + "010000007838FB0D0300000009000000" + "010203",
            Convert.ToHexString(stream.ToArray()));
    }

    private static string Digest(ulong seed)
    {
        var mutants = new Mutants(seed);
        var buffer = new byte[2048];
        using var all = new MemoryStream();
        for (var i = 0; i < 1000; i++)
            all.Write(buffer, 0, mutants.Next(buffer));
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(all.ToArray()));
    }
}
