using Rheo.Bpf;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>The packet table through the kernel's parser: the right key and length, or counted as unparsed; never a wrong key.</summary>
public sealed class ParserTests : IDisposable
{
    private static readonly NamedPacket[] Packets = [.. PacketTable.All.Where(packet => TestRunLimits.Take(packet.Frame))];

    private readonly Shortfalls _shortfalls = new();
    private FlowProbe? _loaded;

    private FlowProbe Probe => _loaded ??= FlowProbe.Load();

    public void Dispose() => _loaded?.Dispose();

    [RootFact]
    public void EveryNamedPacketIsCountedUnderItsKeyOnTheWayIn() => SeeAll(Probe.IngressL2, egress: false);

    [RootFact]
    public void EveryNamedPacketIsCountedUnderItsKeyOnTheWayOut()
    {
        _loaded = FlowProbe.Load("flow_egress_l2");
        SeeAll(Probe.Flow.Programs.FlowEgressL2, egress: true);
    }

    [RootFact]
    public void ACutPacketHasItsOwnKeyOrIsUnparsed()
    {
        foreach (var cut in Cuts.Of(PacketTable.All).Where(cut => TestRunLimits.Take(cut.Frame)))
        {
            Probe.Clear();
            _shortfalls.Check(cut.ToString(), cut.Length, () => Probe.See(Probe.IngressL2, cut.Frame), false, RightKeys.Of(cut));
        }
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void ALaterFragmentJoinsItsFirst()
    {
        foreach (var packet in PacketTable.Sequences.SelectMany(sequence => sequence.Packets))
            See(Probe.IngressL2, packet, egress: false);
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void FragmentsAreInTheLedger()
    {
        foreach (var packet in PacketTable.Sequences[0].Packets)
            Probe.See(Probe.IngressL2, packet.Frame);
        Probe.See(Probe.IngressL2, PacketTable.Named("Last fragment of UDP without its first").Frame);

        Assert.Equal(3UL, Probe.Sum(ledger => ledger.Fragments));
        Assert.Equal(1UL, Probe.Sum(ledger => ledger.FragmentsUnknown));
    }

    [RootFact]
    public void APacketWithoutLinkHeaderIsCountedUnderItsKey()
    {
        _loaded = FlowProbe.Load("flow_ingress_l3", "flow_egress_l3");
        SeeAllWithoutLinkHeader(Probe.Flow.Programs.FlowIngressL3, egress: false);
        SeeAllWithoutLinkHeader(Probe.Flow.Programs.FlowEgressL3, egress: true);
        _shortfalls.AssertNone();
    }

    [RootFact]
    public void PacketsOfOneFlowAddUpInOneSlot()
    {
        var packet = PacketTable.Named("TCP data with PSH").Frame;
        for (var i = 0; i < 100; i++)
            Assert.Equal(1UL, Probe.See(Probe.IngressL2, packet).Packets);
        Assert.Equal(1UL, Probe.Sum(ledger => ledger.Inserted));
    }

    [RootFact]
    public void NothingIsLeftUncounted()
    {
        foreach (var packet in Packets)
            Probe.See(Probe.IngressL2, packet.Frame);
        Assert.Equal(0UL, Probe.Sum(ledger => ledger.UncountedPackets));
        Assert.True(Probe.Sum(ledger => ledger.Inserted) > (ulong)Packets.Length / 4);
    }

    private void SeeAll(BpfProgram program, bool egress)
    {
        foreach (var packet in Packets)
            See(program, packet, egress);
        _shortfalls.AssertNone();
    }

    private void See(BpfProgram program, NamedPacket packet, bool egress)
    {
        Probe.Clear();
        _shortfalls.Check(packet.Name, packet.Length, () => Probe.See(program, packet.Frame), egress, packet.Expected);
    }

    private void SeeAllWithoutLinkHeader(BpfProgram program, bool egress)
    {
        foreach (var bare in Packets.Where(BarePacket.CanBeMade).Select(BarePacket.Of).Where(bare => TestRunLimits.Take(bare.Frame)))
        {
            Probe.Clear();
            _shortfalls.Check(bare.Name, bare.Length, () => Probe.See(program, bare.Frame), egress, bare.Expected);
        }
    }
}
