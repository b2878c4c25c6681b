using Prometheus;
using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>TCP connections of this machine's sockets: how many, how they fail, what is sent again, how long things take.</summary>
internal sealed class TcpSeries(MetricFactory factory)
{
    private static readonly ConnectionTimes Shape = new();

    private readonly Gauge _live = factory.CreateGauge("rheo_tcp_connections", "TCP connections of this machine's sockets that live, one for each end.");
    private readonly Counter _opened = factory.CreateCounter("rheo_tcp_opened_total", "TCP connections that this machine opened.");
    private readonly Counter _accepted = factory.CreateCounter("rheo_tcp_accepted_total", "TCP connections that others opened to this machine.");
    private readonly Counter _failed = factory.CreateCounter("rheo_tcp_failed_total", "Attempts to connect that failed.", "reason");
    private readonly Counter _ended = factory.CreateCounter("rheo_tcp_ended_total", "TCP connections that were open and ended.", "reason");
    private readonly Counter _retransmits = factory.CreateCounter("rheo_tcp_retransmits_total", "TCP segments that this machine sent again.", "cause");
    private readonly Counter _acks = factory.CreateCounter(
        "rheo_tcp_duplicate_acks_total", "Duplicate acknowledgements with SACK blocks, each seen once, also of connections that only pass through.");

    private readonly Counter _resets = factory.CreateCounter("rheo_tcp_resets_total", "TCP resets.", "direction");
    private readonly Counter _unseen = factory.CreateCounter(
        "rheo_tcp_unseen_total", "What of TCP connections was not told: moments and readings that found no room, changes of state that no program saw, sockets without storage.", "what");

    private readonly TimeSeries _rtt = new(factory.CreateHistogram(
        "rheo_tcp_rtt_seconds", "Smoothed round trip of TCP connections, at each reading that found them moved.", TimeSeries.Buckets(Shape.Rtt)));

    private readonly TimeSeries _connect = new(factory.CreateHistogram(
        "rheo_tcp_connect_seconds", "Time from SYN to the end of the handshake of connections that this machine opened.", TimeSeries.Buckets(Shape.Connect)));

    private readonly TimeSeries _lifetime = new(factory.CreateHistogram(
        "rheo_tcp_lifetime_seconds", "Time from opening to end of TCP connections.", TimeSeries.Buckets(Shape.Lifetime)));

    private readonly ListenSeries _queues = new(factory);

    public void Show(ConnectionSums? sums)
    {
        if (sums is null)
        {
            _live.Unpublish(); // what was counted stays, what stood is not known any more
            _queues.Forget();
            return;
        }

        var totals = sums.Totals;
        _live.Set(sums.Live);
        _opened.IncTo(totals.Opened);
        _accepted.IncTo(totals.Accepted);
        ShowEnds(_failed, totals.Failures);
        ShowEnds(_ended, totals.Ends);
        Show(totals.Retransmits);
        if (sums.DuplicateAcks is { } acks)
            _acks.IncTo(acks);
        _resets.WithLabels("sent").IncTo(totals.ResetsSent);
        _resets.WithLabels("received").IncTo(totals.ResetsReceived);
        _unseen.WithLabels("moments").IncTo(totals.LostMoments);
        _unseen.WithLabels("changes").IncTo(totals.LostChanges);
        _unseen.WithLabels("sockets").IncTo(totals.LostSockets);
        _unseen.WithLabels("readings").IncTo(sums.Untold);
        _rtt.Show(sums.Times.Rtt);
        _connect.Show(sums.Times.Connect);
        _lifetime.Show(sums.Times.Lifetime);
        _queues.Show(sums.Queues);
    }

    private static void ShowEnds(Counter counter, IReadOnlyList<ulong> ends)
    {
        for (var end = ConnectionEnd.FinSent; end <= ConnectionEnd.Other; end++)
        {
            if (ends[(int)end] > 0)
                counter.WithLabels(ConnectionWords.Of(end)).IncTo(ends[(int)end]);
        }
    }

    private void Show(in RetransmitCounts again)
    {
        _retransmits.WithLabels("timeout").IncTo(again.Timeout);
        _retransmits.WithLabels("fast").IncTo(again.Fast);
        _retransmits.WithLabels("probe").IncTo(again.Probe);
        _retransmits.WithLabels("syn").IncTo(again.Syn);
        _retransmits.WithLabels("syn_ack").IncTo(again.SynAck);
    }
}
