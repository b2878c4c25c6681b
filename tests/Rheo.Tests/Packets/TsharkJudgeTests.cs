using System.Xml.Linq;
using Rheo.Packets;
using Xunit;

namespace Rheo.Tests.Packets;

/// <summary>Tshark, which knows nothing of Rheo, reads the table and must come to the expectations written in it.</summary>
public sealed class TsharkJudgeTests(Tshark tshark) : IClassFixture<Tshark>
{
    /// <summary>Packets of which tshark says something else, and why the table is right.</summary>
    private static readonly Dictionary<string, string> Differently = new()
    {
        ["UDP from VXLAN's port to another is no tunnel"] = Guess,
        ["UDP from Geneve's port to another is no tunnel"] = Guess,
        ["RARP is not ARP"] = "tshark's dissector of ARP reads RARP as well",
        ["ARP for InfiniBand has twenty-byte hardware addresses and is counted without addresses"] = OddArp,
        ["ARP for FireWire has eight-byte hardware addresses"] = OddArp,
        ["ARP without hardware addresses"] = OddArp,
        ["GRE with ARP inside stays a flow of GRE"] = "tshark goes on; Rheo follows IP and Ethernet alone",
        ["GRE with source routing stays a flow of GRE"] = "tshark skips the routes; the field left the standard with RFC 2784",
        ["Geneve of another version is ordinary UDP"] = "tshark reads on; RFC 8926 3.4 drops versions that one does not know",
        ["UDP behind AH over IPv4 in two fragments, 2"] = BehindFragment,
        ["UDP behind destination options over IPv6 in two fragments, 2"] = BehindFragment,
    };

    private const string Guess = "tshark takes either port for the tunnel's; a tunnel's packets go to it";
    private const string OddArp = "Rheo reads addresses of ARP over six-byte hardware addresses alone";
    private const string BehindFragment = "the protocol above is known from the first fragment, which tshark does not remember";

    /// <summary>Unparsed packets with which tshark finds no fault.</summary>
    private static readonly Dictionary<string, string> Leniently = new()
    {
        ["First fragment so small that TCP's header is cut"] = "tshark waits for the rest; Rheo wants the flags",
        ["Geneve's port without payload is cut"] = "tshark looks no further than UDP when nothing follows",
        ["VXLAN's port without payload is cut"] = "tshark looks no further than UDP when nothing follows",
        ["IPv4 whose total length ends with its header"] = "tshark looks no further than IP when nothing follows",
    };

    /// <summary>Packets that are built with a wrong checksum, or whose checksum covers more than the frame holds.</summary>
    private static readonly Dictionary<string, string> WrongChecksums = new()
    {
        ["IPv4 with a wrong header checksum is still that flow"] = "that is its point",
        ["UDP whose length field is less than the packet"] = "the checksum is over the packet, tshark's over the length field",
        ["ICMPv6's number over IPv4 is keyed like ICMPv6"] = "no standard says what its pseudo-header would be",
        ["VXLAN: padding inside, after the inner packet"] = Padding,
        ["An inner packet of 28 bytes in a tunnel of 1,400"] = Padding,
        ["Cut within the ICMP error's quote is still that error"] = "the frame is cut",
        ["Cut within TCP's payload is still that flow"] = "the frame is cut",
        ["SCTP over IPv4 in two fragments, 1"] = "the checksum is over all fragments",
        ["SCTP over IPv6 in two fragments, 1"] = "the checksum is over all fragments",
    };

    private const string Padding = "the checksum is over the padding too";

    public static TheoryData<int> Numbers =>
        [.. Enumerable.Range(0, PacketTable.All.Count + PacketTable.Sequences.Sum(sequence => sequence.Packets.Count))];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void TsharkSeesTheFlowThatTheTableExpects(int number)
    {
        Assert.SkipUnless(Tshark.IsInstalled, "tshark is not installed");
        var packet = tshark.Packets[number];
        if (packet.Expected.Kind == PacketKind.Unparsed || Differently.ContainsKey(packet.Name))
            return;
        var seen = TsharkFlow.Of(tshark[number]);
        Assert.Equal((packet.Name, Comparable(packet.Expected, seen)), (packet.Name, seen.Flow));
    }

    [Fact]
    public void TsharkFindsFaultWithEveryUnparsedPacketThatIsNotTooDeep()
    {
        Assert.SkipUnless(Tshark.IsInstalled, "tshark is not installed");
        var lenient = tshark.All.Where(pair => pair.Packet.Expected.Reason is UnparsedReason.Short or UnparsedReason.Header)
            .Where(pair => !TsharkFlow.IsFaulty(pair.Dissection)).Select(pair => pair.Packet.Name);
        Assert.Equal(Leniently.Keys.Order(), lenient.Order());
    }

    [Fact]
    public void TsharkFindsEveryChecksumRight()
    {
        Assert.SkipUnless(Tshark.IsInstalled, "tshark is not installed");
        var wrong = tshark.All.Where(pair => pair.Packet.Expected.Kind != PacketKind.Unparsed && HasWrongChecksum(pair.Dissection))
            .Select(pair => pair.Packet.Name);
        Assert.Equal(WrongChecksums.Keys.Order(), wrong.Order());
    }

    /// <summary>Without what tshark does not say: later fragments' ports, which come from the first, and Rheo's own flag for it.</summary>
    private static ExpectedFlow Comparable(ExpectedFlow expected, TsharkFlow seen) => seen.IsLaterFragment
        ? expected with { SourcePort = 0, DestinationPort = 0, UnknownFragment = false }
        : expected;

    /// <summary>Wireshark's proto_checksum_enum_e: 0 is bad. The quote in an ICMP error is not ours to judge.</summary>
    private static bool HasWrongChecksum(XElement packet) => packet.Elements("proto").Elements("field")
        .Any(field => ((string?)field.Attribute("name"))?.EndsWith(".checksum.status", StringComparison.Ordinal) == true
            && (string?)field.Attribute("show") == "0");
}
