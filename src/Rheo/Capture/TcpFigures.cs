using System.Runtime.InteropServices;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>Records of the kernel as readings of the model.</summary>
internal static class TcpFigures
{
    private const uint NoRtt = uint.MaxValue;

    /// <summary>TCP_INFINITE_SSTHRESH.</summary>
    private const uint NoThreshold = 0x7fff_ffff;

    internal static ConnectionFigures From(ref readonly TcpHealth health, TcpTime time)
    {
        time.Learn(in health);
        var span = (LimitSpan)(health.Span & 3);
        var spanSince = span == LimitSpan.Idle ? 0 : time.Moment(health.SpanJiffies, in health);
        var running = span == LimitSpan.Idle ? 0 : Math.Max(0, time.ToUnixNs(health.TimeNs) - spanSince);
        // The kernel keeps the spans apart: "busy" is all three.
        var receiver = time.Span(health.ReceiverLimitedJiffies) + (span == LimitSpan.Receiver ? running : 0);
        var buffer = time.Span(health.BufferLimitedJiffies) + (span == LimitSpan.Buffer ? running : 0);
        var busy = time.Span(health.BusyJiffies) + (span == LimitSpan.Busy ? running : 0);
        var hasSent = health.DataSegmentsOut > 0;
        var hasReceived = health.DataSegmentsIn > 0;
        return new ConnectionFigures
        {
            TimeNs = time.ToUnixNs(health.TimeNs),
            Cookie = health.Life.Cookie,
            Namespace = health.Netns,
            Local = At(in health.Saddr, health.Sport),
            Remote = At(in health.Daddr, health.Dport),
            Role = RoleOf(health.Life.Flags),
            State = (ConnectionState)health.State,
            OldState = (ConnectionState)health.OldState,
            End = (ConnectionEnd)health.End,
            HasNoProcess = Has(health.Life.Flags, TcpLifeFlag.NoProcess),
            OpenedNs = time.ToUnixNs(health.Life.OpenedNs),
            EstablishedNs = time.ToUnixNs(health.Life.EstablishedNs),
            StateSinceNs = time.ToUnixNs(health.Life.StateNs),
            BytesSent = health.BytesSent,
            BytesAcked = health.BytesAcked,
            BytesReceived = health.BytesReceived,
            BytesRetransmitted = health.BytesRetransmitted,
            SegmentsSent = health.SegmentsOut,
            SegmentsReceived = health.SegmentsIn,
            DataSegmentsSent = health.DataSegmentsOut,
            DataSegmentsReceived = health.DataSegmentsIn,
            Retransmitted = health.Retransmits,
            Retransmits = new(
                health.Life.Retransmits[(int)TcpCause.Timeout], health.Life.Retransmits[(int)TcpCause.Fast],
                health.Life.Retransmits[(int)TcpCause.Probe], health.Life.Retransmits[(int)TcpCause.Syn],
                health.Life.Retransmits[(int)TcpCause.SynAck]),
            Duplicates = health.Duplicates,
            OutOfOrder = health.OutOfOrder,
            ResetsSent = health.Life.ResetsSent,
            ResetsReceived = health.Life.ResetsReceived,
            RttNs = health.Srtt8us * 1000L / 8,
            RttVarianceNs = health.Rttvar4us * 1000L / 4,
            LeastRttNs = health.MinRttUs == NoRtt ? 0 : health.MinRttUs * 1000L,
            TimeoutNs = time.Span(health.RtoJiffies),
            CongestionWindow = health.Cwnd,
            SlowStartThreshold = health.Ssthresh >= NoThreshold ? null : health.Ssthresh,
            SegmentSize = health.Mss,
            SendWindow = health.SendWindow,
            ReceiveWindow = health.ReceiveWindow,
            Unacked = health.Unacked,
            Unsent = Math.Min(health.Unsent, health.Unacked),
            Unread = health.Unread > 0 && HasFin(in health) ? health.Unread - 1 : health.Unread,
            DeliveryRate = health.RateIntervalUs == 0 ? 0 : health.RateDelivered * (double)health.Mss * 1e6 / health.RateIntervalUs,
            BusyNs = busy + receiver + buffer,
            ReceiverLimitedNs = receiver,
            BufferLimitedNs = buffer,
            Span = span,
            SpanSinceNs = spanSince,
            LastSentNs = hasSent ? time.Moment(health.LastSentJiffies, in health) : 0,
            LastReceivedNs = hasReceived ? time.Moment(health.LastReceivedJiffies, in health) : 0,
            LastAckedNs = health.BytesAcked > 1 ? time.ToUnixNs(health.DeliveredUs * 1000) : 0,
            Backoff = health.Backoff,
            Probes = health.Probes,
        };
    }

    internal static ListenQueue From(ref readonly TcpQueue queue, TcpTime time) => new()
    {
        Cookie = queue.Cookie,
        Namespace = queue.Netns,
        Local = At(in queue.Address, queue.Port),
        TimeNs = time.ToUnixNs(queue.TimeNs),
        Length = queue.Length,
        Limit = queue.Limit,
        HalfOpen = queue.HalfOpen,
        Drops = queue.Drops,
        SynAckRetransmits = queue.SynackRetransmits,
    };

    // The kernel counts a FIN as a byte. One that ends in order right after it had waited for nothing else.
    private static bool HasFin(ref readonly TcpHealth health)
    {
        var hasEnded = (ConnectionState)health.State == ConnectionState.Closed;
        return (ConnectionState)(hasEnded ? health.OldState : health.State) switch
        {
            ConnectionState.CloseWait or ConnectionState.LastAck or ConnectionState.Closing => true,
            ConnectionState.FinWait2 => hasEnded && (ConnectionEnd)health.End == ConnectionEnd.FinSent,
            _ => false,
        };
    }

    private static Endpoint At<T>(ref readonly T address, ushort port)
        where T : unmanaged =>
        new(new Address(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in address))), port);

    private static ConnectionRole RoleOf(uint flags) =>
        Has(flags, TcpLifeFlag.Active) ? ConnectionRole.Client : Has(flags, TcpLifeFlag.Passive) ? ConnectionRole.Server : ConnectionRole.Unknown;

    private static bool Has(uint flags, TcpLifeFlag flag) => (flags & (uint)flag) != 0;
}
