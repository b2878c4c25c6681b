using Rheo.Packets;
using Xunit;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Tests.Packets;

public sealed class BuilderTests
{
    private const string A = "192.0.2.10";
    private const string B = "198.51.100.20";
    private const int Ip = 14;

    [Fact]
    public void AnEthernetHeaderNamesWhatFollows()
    {
        Assert.Equal("0200000000020200000000010800", Hex(Frame.Ethernet().Ip4(A, B).Build(), 0, 14));
        Assert.Equal(0x86dd, Word(Frame.Ethernet().Ip6("::1", "::2").Build(), 12));
        Assert.Equal(0x0806, Word(Frame.Ethernet().Arp(1, A, B).Build(), 12));
        Assert.Equal(0x1234, Word(Frame.Ethernet(0x1234).Build(), 12));
    }

    [Fact]
    public void AnIeee8023HeaderHoldsTheLengthOfItsPayload() =>
        Assert.Equal(38, Word(Frame.Ethernet802Dot3().Payload(38).PadTo(60).Build(), 12));

    [Fact]
    public void TagsStandOutermostFirst() =>
        Assert.Equal("88A8A0C88100112C0800", Hex(Frame.Ethernet().ServiceVlan(200, 5).Vlan(300, 0, true).Ip4(A, B).Build(), 12, 10));

    [Fact]
    public void AnIp4HeaderIsTheOneOfTheBook()
    {
        var frame = Frame.Ethernet().Ip4(A, B, ttl: 7, tos: 0xb8, id: 0xabcd, moreFragments: true, offset: 1480).Udp(1, 2).Payload(3)
            .Build();
        Assert.Equal("45B8001FABCD20B90711", Hex(frame, Ip, 10));
        Assert.Equal("C000020AC6336414", Hex(frame, Ip + 12, 8));
        Assert.Equal(0, Checksum.Internet(frame.AsSpan(Ip, 20)));
    }

    [Fact]
    public void Ip4OptionsLengthenTheHeader()
    {
        var frame = Frame.Ethernet().Ip4(A, B, Ip4Options.RecordRoute(9)).Udp(1, 2).Build();
        Assert.Equal(0x4f, frame[Ip]);
        Assert.Equal("072704", Hex(frame, Ip + 20, 3));
        Assert.Equal(60 + 8, Word(frame, Ip + 2));
        Assert.Equal(0, Checksum.Internet(frame.AsSpan(Ip, 60)));
    }

    [Fact]
    public void AnIp6HeaderIsTheOneOfTheBook()
    {
        var frame = Frame.Ethernet().Ip6("2001:db8::1", "2001:db8::2", trafficClass: 0xb8, flowLabel: 0x12345, hopLimit: 3)
            .Udp(1, 2).Payload(4).Build();
        Assert.Equal("6B812345000C1103", Hex(frame, Ip, 8));
        Assert.Equal("20010DB8000000000000000000000001", Hex(frame, Ip + 8, 16));
    }

    [Fact]
    public void ExtensionHeadersAreChained()
    {
        var frame = Frame.Ethernet().Ip6("::1", "::2").HopByHop(Ip6Options.RouterAlert).Fragment(9, 1448, true).Authentication()
            .Udp(1, 2).Build();
        Assert.Equal(IpProtocol.HopByHop, frame[Ip + 6]);
        Assert.Equal("2C00050200000100", Hex(frame, Ip + 40, 8));
        Assert.Equal("330005A900000009", Hex(frame, Ip + 48, 8));
        Assert.Equal("11040000", Hex(frame, Ip + 56, 4));
    }

    [Fact]
    public void TcpFlagsAndOptionsLandInTheirPlaces()
    {
        var frame = Frame.Ethernet().Ip4(A, B)
            .Tcp(0x1111, 0x2222, (TcpFlags)0x1ff, TcpOptions.LinuxSyn, 0x33333333, 0x44444444, 0x5555, 0x6666).Build();
        Assert.Equal("111122223333333344444444A1FF5555", Hex(frame, Ip + 20, 16));
        Assert.Equal("6666020405B40402080A", Hex(frame, Ip + 38, 10));
    }

    /// <summary>RFC 1071, section 3: the sum of its example is 0xddf2, the checksum its complement.</summary>
    [Fact]
    public void TheChecksumIsThatOfTheRfc() =>
        Assert.Equal(0x220d, Checksum.Internet([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]));

    /// <summary>RFC 3720, appendix B.4: 32 bytes of zeros, of ones, and counting up.</summary>
    [Fact]
    public void TheCrcIsThatOfTheRfc()
    {
        Assert.Equal(0x8a9136aau, Checksum.Crc32C(new byte[32]));
        Assert.Equal(0x62a8ab43u, Checksum.Crc32C([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46dd794eu, Checksum.Crc32C([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }

    [Fact]
    public void GreFieldsStandInTheirOrder() =>
        Assert.Equal("B0000800", Hex(Frame.Ethernet().Ip4(A, B).Gre(0xdeadbeef, true, 7).Ip4(A, B).Build(), Ip + 20, 4));

    [Fact]
    public void GreKeyAndSequenceFollowTheChecksum() =>
        Assert.Equal("DEADBEEF00000007", Hex(Frame.Ethernet().Ip4(A, B).Gre(0xdeadbeef, true, 7).Ip4(A, B).Build(), Ip + 28, 8));

    [Fact]
    public void VxlanAndGeneveHoldTheirNumbers()
    {
        var vxlan = Frame.Ethernet().Ip4(A, B).Udp(1, Frame.VxlanPort).Vxlan(0x123456).InnerEthernet().Build();
        Assert.Equal("0800000012345600", Hex(vxlan, Ip + 28, 8));
        var geneve = Frame.Ethernet().Ip4(A, B).Udp(1, Frame.GenevePort).Geneve(0x123456, new byte[8], critical: true).InnerEthernet()
            .Build();
        Assert.Equal("0240655812345600", Hex(geneve, Ip + 28, 8));
    }

    [Fact]
    public void ArpHoldsItsAddresses() =>
        Assert.Equal("0001080006040002111111111111C000020A222222222222C6336414", Hex(Frame.Ethernet().Arp(2, A, B).Build(), Ip, 28));

    [Fact]
    public void PaddingTrailersAndCutsComeLast()
    {
        Assert.Equal(60, Frame.Ethernet().Ip4(A, B).PadTo(60).Build().Length);
        Assert.Equal("A5A5", Hex(Frame.Ethernet().Ip4(A, B).Trailer(2).Build(), 34, 2));
        Assert.Equal(20, Word(Frame.Ethernet().Ip4(A, B).Trailer(2).Build(), Ip + 2));
        Assert.Equal(30, Frame.Ethernet().Ip4(A, B).CutTo(30).Build().Length);
        Assert.Equal(33, Frame.Ethernet().Ip4(A, B).CutTo(-1).Build().Length);
    }

    [Fact]
    public void AFrameKnowsHowMuchOfItTellsTheFlow()
    {
        Assert.Equal(54, Frame.Ethernet().Ip4(A, B).Tcp(1, 2, TcpFlags.Syn, TcpOptions.LinuxSyn).Payload(9).KeyLength);
        Assert.Equal(74, Frame.Ethernet().Ip4(A, B).Tcp(1, 2, TcpFlags.Syn, TcpOptions.LinuxSyn).Payload(9).HeadersLength);
        Assert.Equal(38, Frame.Ethernet().Ip4(A, B).Icmp(3, 3).Payload(40).KeyLength);
        Assert.Equal(34, Frame.Ethernet().Ip4(A, B).Esp().KeyLength);
    }

    private static string Hex(byte[] frame, int at, int length) => Convert.ToHexString(frame, at, length);

    private static ushort Word(byte[] frame, int at) => ReadUInt16BigEndian(frame.AsSpan(at));
}
