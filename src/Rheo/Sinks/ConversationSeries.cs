using Prometheus;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>Conversations, TCP flags and handshakes.</summary>
internal sealed class ConversationSeries(MetricFactory factory)
{
    private readonly Gauge _live = factory.CreateGauge("rheo_conversations", "Conversations in the table.");
    private readonly Counter _opened = factory.CreateCounter("rheo_conversations_opened_total", "Conversations begun.");
    private readonly Counter _ended = factory.CreateCounter("rheo_conversations_ended_total", "Conversations ended.", "reason");
    private readonly TrafficCounters _traffic = new(
        factory.CreateCounter("rheo_conversation_bytes_total", "L2 bytes of all conversations, each packet counted once."),
        factory.CreateCounter("rheo_conversation_packets_total", "Packets of all conversations, each counted once."));
    private readonly Counter _flags = factory.CreateCounter(
        "rheo_tcp_flags_total", "TCP packets that carried the flag, each counted once.", "flag");
    private readonly Counter _handshakes = factory.CreateCounter("rheo_tcp_handshakes_total", "TCP handshakes completed on the wire.");
    private readonly Counter _retransmitted = factory.CreateCounter(
        "rheo_tcp_handshakes_retransmitted_total", "TCP handshakes with a SYN or SYN-ACK sent again; they give no RTT sample.");
    private readonly RttSeries _rtt = new(factory);
    private readonly Gauge _time = factory.CreateGauge("rheo_scan_timestamp_seconds", "Time of the scan that these numbers stem from.");

    public void Show(TrafficSnapshot snapshot)
    {
        _live.Set(snapshot.Live);
        _opened.IncTo(snapshot.Total.Conversations);
        for (var reason = EndReason.Fin; (int)reason < snapshot.Ended.Count; reason++)
            _ended.WithLabels(Words.Of(reason)).IncTo(snapshot.Ended[(int)reason]);
        _traffic.Set(snapshot.Total.Traffic);
        _flags.WithLabels("syn").IncTo(snapshot.TcpFlags.Syn);
        _flags.WithLabels("syn_ack").IncTo(snapshot.TcpFlags.SynAck);
        _flags.WithLabels("fin").IncTo(snapshot.TcpFlags.Fin);
        _flags.WithLabels("rst").IncTo(snapshot.TcpFlags.Rst);
        _handshakes.IncTo(snapshot.Handshakes);
        _retransmitted.IncTo(snapshot.HandshakesRetransmitted);
        _rtt.Show(snapshot.RttCounts, snapshot.RttSumSeconds);
        _time.Set(snapshot.TimeNs / 1e9);
    }
}
