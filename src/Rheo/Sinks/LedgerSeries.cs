using Prometheus;

namespace Rheo.Sinks;

/// <summary>The capture's books: what came in, went out and was lost.</summary>
internal sealed class LedgerSeries(MetricFactory factory)
{
    private readonly Counter _lostPackets = factory.CreateCounter(
        "rheo_lost_packets_total", "Packets that no conversation shows, by the stage that lost them.", "stage");
    private readonly Counter _lostBytes = factory.CreateCounter(
        "rheo_lost_bytes_total", "Bytes that no conversation shows, by the stage that lost them.", "stage");
    private readonly Counter _lostRecords = factory.CreateCounter(
        "rheo_lost_records_total", "Records (flows, moments) that did not arrive, by the stage that lost them.", "stage");
    private readonly Counter _inserted = factory.CreateCounter(
        "rheo_flow_table_inserted_total", "Flows that took a slot of the kernel's flow table.");
    private readonly Counter _handedOver = factory.CreateCounter(
        "rheo_flow_table_handed_over_total", "Flows pushed out of the table that arrived with all their counts.");
    private readonly Counter _copied = factory.CreateCounter(
        "rheo_copied_packets_total", "Packets whose headers had to be copied out of a non-linear buffer.");
    private readonly Counter _fragments = factory.CreateCounter(
        "rheo_fragments_total", "Later fragments of IP packets.");
    private readonly Counter _unknown = factory.CreateCounter(
        "rheo_fragments_unknown_total", "Later fragments whose first was not seen: their ports are unknown.");
    private readonly Counter _wakeups = factory.CreateCounter(
        "rheo_ring_wakeups_total", "Wake-ups that the kernel raised because a ring filled.");

    public void Show(Ledger ledger)
    {
        foreach (var loss in ledger.Losses)
        {
            _lostPackets.WithLabels(loss.Stage).IncTo(loss.Packets);
            _lostBytes.WithLabels(loss.Stage).IncTo(loss.Bytes);
            _lostRecords.WithLabels(loss.Stage).IncTo(loss.Records);
        }

        _inserted.IncTo(ledger.FlowsInserted);
        _handedOver.IncTo(ledger.FlowsHandedOver);
        _copied.IncTo(ledger.CopiedPackets);
        _fragments.IncTo(ledger.Fragments);
        _unknown.IncTo(ledger.FragmentsUnknown);
        _wakeups.IncTo(ledger.RingWakeups);
    }
}
