using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>
/// The packet table through a device: headers in page fragments, VLAN tags taken off by the kernel, and the frames of which
/// a test run makes no packet (cut within the IP header, larger than a page).
/// </summary>
public sealed class FragmentedSkbTests : IDisposable
{
    private const int Ethernet = 14;

    private readonly FlowProbe _probe;
    private readonly Tap _tap;
    private readonly Shortfalls _shortfalls = new();

    public FragmentedSkbTests()
    {
        if (!Environment.IsPrivilegedProcess)
            (_probe, _tap) = (null!, null!);
        else
            _tap = Tap.Create((_probe = FlowProbe.Load()).IngressL2);
    }

    private static IEnumerable<NamedPacket> Packets => PacketTable.All.Where(packet => Arrives(packet.Frame));

    public void Dispose()
    {
        _tap?.Dispose();
        _probe?.Dispose();
    }

    [RootFact]
    public void HeadersAreReadFromFragments()
    {
        foreach (var packet in Packets)
            Check(packet.Name, packet.Frame, Ethernet, packet.Expected);
        _shortfalls.AssertNone();
        Assert.True(_probe.Sum(ledger => ledger.CopiedPackets) > 100);
    }

    [RootFact]
    public void HeadersAreReadFromTheLinearPart()
    {
        foreach (var packet in Packets)
            Check(packet.Name, packet.Frame, packet.Length, packet.Expected);
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void HeadersMayLieOnBothSides()
    {
        foreach (var (packet, linear) in Share.Of(Packets.SelectMany(Divisions)))
            Check($"{packet.Name}, {linear} bytes linear", packet.Frame, linear, packet.Expected);
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void ACutPacketHasItsOwnKeyOrIsUnparsed()
    {
        foreach (var cut in Cuts.Of(PacketTable.All).Where(cut => Arrives(cut.Frame)))
            Check(cut.ToString(), cut.Packet.Frame.AsMemory(0, cut.Length), Ethernet, RightKeys.Of(cut));
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void ALaterFragmentJoinsItsFirst()
    {
        foreach (var packet in PacketTable.Sequences.SelectMany(sequence => sequence.Packets))
            Check(packet.Name, packet.Frame, Ethernet, packet.Expected);
        _shortfalls.AssertNone();
    }

    private static IEnumerable<(NamedPacket Packet, int Linear)> Divisions(NamedPacket packet)
    {
        for (var linear = Ethernet + 1; linear < Math.Min(packet.Length, packet.HeadersLength + 1); linear += 7)
            yield return (packet, linear);
    }

    private void Check(string name, ReadOnlyMemory<byte> frame, int linear, params ReadOnlySpan<ExpectedFlow> right)
    {
        _probe.Clear();
        _shortfalls.Check(name, frame.Length, () => _probe.See(frame.Span, bytes => _tap.Write(bytes, linear)), false, right);
    }

    /// <summary>
    /// The kernel itself drops a frame that ends within its first VLAN tag or the two bytes behind it, before any hook
    /// (skb_vlan_untag).
    /// </summary>
    internal static bool Arrives(ReadOnlySpan<byte> frame) =>
        frame.Length <= Tap.Longest && (frame.Length >= Ethernet + 6 || frame[12..14] is not ([0x81, 0x00] or [0x88, 0xa8]));
}
