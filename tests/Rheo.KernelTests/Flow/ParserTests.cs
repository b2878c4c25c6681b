using Rheo.Bpf;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>The packet table through the kernel's parser: the right key and length, or counted as unparsed; never a wrong key.</summary>
public sealed class ParserTests : IDisposable
{
    private static readonly NamedPacket[] Packets = [.. PacketTable.All.Where(packet => TestRunLimits.Take(packet.Frame))];

    private readonly FlowProbe _probe = Environment.IsPrivilegedProcess ? FlowProbe.Load() : null!;
    private readonly Shortfalls _shortfalls = new();

    public void Dispose() => _probe?.Dispose();

    [RootFact]
    public void EveryNamedPacketIsCountedUnderItsKeyOnTheWayIn() => SeeAll(_probe.IngressL2, egress: false);

    [RootFact]
    public void EveryNamedPacketIsCountedUnderItsKeyOnTheWayOut() => SeeAll(_probe.Flow.Programs.FlowEgressL2, egress: true);

    [RootFact]
    public void ACutPacketHasItsOwnKeyOrIsUnparsed()
    {
        foreach (var cut in Cuts.Of(PacketTable.All).Where(cut => TestRunLimits.Take(cut.Frame)))
        {
            _probe.Clear();
            _shortfalls.Check(cut.ToString(), cut.Length, () => _probe.See(_probe.IngressL2, cut.Frame), false, RightKeys.Of(cut));
        }
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void ALaterFragmentJoinsItsFirst()
    {
        foreach (var packet in PacketTable.Sequences.SelectMany(sequence => sequence.Packets))
            See(_probe.IngressL2, packet, egress: false);
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void FragmentsAreInTheLedger()
    {
        foreach (var packet in PacketTable.Sequences[0].Packets)
            _probe.See(_probe.IngressL2, packet.Frame);
        _probe.See(_probe.IngressL2, PacketTable.Named("Last fragment of UDP without its first").Frame);

        Assert.Equal(3UL, _probe.Sum(ledger => ledger.Fragments));
        Assert.Equal(1UL, _probe.Sum(ledger => ledger.FragmentsUnknown));
    }

    [RootFact]
    public void APacketWithoutLinkHeaderIsCountedUnderItsKey()
    {
        SeeAllWithoutLinkHeader(_probe.Flow.Programs.FlowIngressL3, egress: false);
        SeeAllWithoutLinkHeader(_probe.Flow.Programs.FlowEgressL3, egress: true);
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void PacketsOfOneFlowAddUpInOneSlot()
    {
        var packet = PacketTable.Named("TCP data with PSH").Frame;
        for (var i = 0; i < 100; i++)
            Assert.Equal(1UL, _probe.See(_probe.IngressL2, packet).Packets);
        Assert.Equal(1UL, _probe.Sum(ledger => ledger.Inserted));
    }

    [RootFact]
    public void NothingIsLeftUncounted()
    {
        foreach (var packet in Packets)
            _probe.See(_probe.IngressL2, packet.Frame);
        Assert.Equal(0UL, _probe.Sum(ledger => ledger.UncountedPackets));
        Assert.True(_probe.Sum(ledger => ledger.Inserted) > (ulong)Packets.Length / 4);
    }

    private void SeeAll(BpfProgram program, bool egress)
    {
        foreach (var packet in Packets)
            See(program, packet, egress);
        _shortfalls.AssertNone();
    }

    private void See(BpfProgram program, NamedPacket packet, bool egress)
    {
        _probe.Clear();
        _shortfalls.Check(packet.Name, packet.Length, () => _probe.See(program, packet.Frame), egress, packet.Expected);
    }

    private void SeeAllWithoutLinkHeader(BpfProgram program, bool egress)
    {
        foreach (var bare in Packets.Where(BarePacket.CanBeMade).Select(BarePacket.Of).Where(bare => TestRunLimits.Take(bare.Frame)))
        {
            _probe.Clear();
            _shortfalls.Check(bare.Name, bare.Length, () => _probe.See(program, bare.Frame), egress, bare.Expected);
        }
    }
}
