namespace Rheo.Model.Connections;

/// <summary>One reading of one end of a TCP connection. Times in nanoseconds since the Unix epoch, 0: unknown; counts since it began.</summary>
public readonly struct ConnectionFigures
{
    /// <summary>When the reading was taken.</summary>
    public long TimeNs { get; init; }

    /// <summary>The socket's cookie: no other socket has it while the machine runs; one that connects again keeps it.</summary>
    public ulong Cookie { get; init; }

    /// <summary>Inode of its network namespace.</summary>
    public uint Namespace { get; init; }

    /// <summary>This end.</summary>
    public Endpoint Local { get; init; }

    /// <summary>The other end.</summary>
    public Endpoint Remote { get; init; }

    /// <summary>Which end this is, where it was seen to begin.</summary>
    public ConnectionRole Role { get; init; }

    /// <summary>Its state; of one that ended, <see cref="ConnectionState.Closed"/>.</summary>
    public ConnectionState State { get; init; }

    /// <summary>The state that it was in before, of one that ended.</summary>
    public ConnectionState OldState { get; init; }

    /// <summary>Why it is over.</summary>
    public ConnectionEnd End { get; init; }

    /// <summary>No process holds it: not accepted yet, or closed.</summary>
    public bool HasNoProcess { get; init; }

    /// <summary>First SYN, or at the end that accepted the handshake's end.</summary>
    public long OpenedNs { get; init; }

    /// <summary>End of the handshake.</summary>
    public long EstablishedNs { get; init; }

    /// <summary>Since when it is in its state.</summary>
    public long StateSinceNs { get; init; }

    /// <summary>Payload sent, with what was sent again.</summary>
    public ulong BytesSent { get; init; }

    /// <summary>Payload that the other end has acknowledged; as <c>ss</c> does, the end that connected counts its SYN.</summary>
    public ulong BytesAcked { get; init; }

    /// <summary>Payload received in order.</summary>
    public ulong BytesReceived { get; init; }

    /// <summary>Payload sent again.</summary>
    public ulong BytesRetransmitted { get; init; }

    /// <summary>Segments sent.</summary>
    public uint SegmentsSent { get; init; }

    /// <summary>Segments received.</summary>
    public uint SegmentsReceived { get; init; }

    /// <summary>Of the segments sent those with payload.</summary>
    public uint DataSegmentsSent { get; init; }

    /// <summary>Of the segments received those with payload.</summary>
    public uint DataSegmentsReceived { get; init; }

    /// <summary>Segments sent again, as the kernel counts them.</summary>
    public uint Retransmitted { get; init; }

    /// <summary>The same by cause, as far as it was watched.</summary>
    public RetransmitCounts Retransmits { get; init; }

    /// <summary>Segments that the other end says to have twice (DSACK).</summary>
    public uint Duplicates { get; init; }

    /// <summary>Segments received out of order.</summary>
    public uint OutOfOrder { get; init; }

    /// <summary>Resets sent while it was open.</summary>
    public uint ResetsSent { get; init; }

    /// <summary>Resets received.</summary>
    public uint ResetsReceived { get; init; }

    /// <summary>Smoothed round trip; 0: not measured yet.</summary>
    public long RttNs { get; init; }

    /// <summary>Its mean deviation.</summary>
    public long RttVarianceNs { get; init; }

    /// <summary>The least round trip of the last minutes; 0: not measured yet.</summary>
    public long LeastRttNs { get; init; }

    /// <summary>Retransmission time-out in force.</summary>
    public long TimeoutNs { get; init; }

    /// <summary>Congestion window in segments.</summary>
    public uint CongestionWindow { get; init; }

    /// <summary>Where slow start ends, in segments; null: no limit yet.</summary>
    public uint? SlowStartThreshold { get; init; }

    /// <summary>Payload of a full segment.</summary>
    public uint SegmentSize { get; init; }

    /// <summary>Bytes that the other end allows to be on the way.</summary>
    public uint SendWindow { get; init; }

    /// <summary>Bytes that this end allows to come.</summary>
    public uint ReceiveWindow { get; init; }

    /// <summary>Bytes written by the process and not acknowledged.</summary>
    public uint Unacked { get; init; }

    /// <summary>Of these, bytes that were not sent yet.</summary>
    public uint Unsent { get; init; }

    /// <summary>Bytes received in order that the process has not read.</summary>
    public uint Unread { get; init; }

    /// <summary>Bytes a second that were delivered last.</summary>
    public double DeliveryRate { get; init; }

    /// <summary>Time with something to send, all spans.</summary>
    public long BusyNs { get; init; }

    /// <summary>Of it, time that the other end's receive window kept it.</summary>
    public long ReceiverLimitedNs { get; init; }

    /// <summary>Of it, time that its own send buffer kept it.</summary>
    public long BufferLimitedNs { get; init; }

    /// <summary>What keeps the sender now; that span is part of the sums above up to <see cref="TimeNs"/>.</summary>
    public LimitSpan Span { get; init; }

    /// <summary>When that began.</summary>
    public long SpanSinceNs { get; init; }

    /// <summary>When payload was sent last.</summary>
    public long LastSentNs { get; init; }

    /// <summary>When payload was received last.</summary>
    public long LastReceivedNs { get; init; }

    /// <summary>When payload was acknowledged last.</summary>
    public long LastAckedNs { get; init; }

    /// <summary>Doublings of the time-out in force.</summary>
    public byte Backoff { get; init; }

    /// <summary>Window probes without an answer.</summary>
    public byte Probes { get; init; }

    /// <summary>Bytes that were sent and not acknowledged.</summary>
    public uint InFlight => Unacked - Unsent;

    /// <summary>The other end lets nothing more come; where it leaves less than a segment, and nothing is on the way, that is the same.</summary>
    public bool IsSendWindowClosed => HasWindows
        && (SendWindow == 0 || (Span == LimitSpan.Receiver && InFlight == 0 && SendWindow < SegmentSize));

    /// <summary>This end lets nothing more come.</summary>
    public bool IsReceiveWindowClosed => HasWindows && Unread > 0 && (ReceiveWindow == 0 || ReceiveWindow < SegmentSize);

    /// <summary>It is established on this side, but no process has accepted it.</summary>
    public bool WaitsForAccept => HasNoProcess && State is ConnectionState.Established or ConnectionState.CloseWait;

    /// <summary>The same by a clock that was set: its moments are as much later.</summary>
    internal ConnectionFigures Shifted(long byNs) => this with
    {
        TimeNs = Moment.Shift(TimeNs, byNs),
        OpenedNs = Moment.Shift(OpenedNs, byNs),
        EstablishedNs = Moment.Shift(EstablishedNs, byNs),
        StateSinceNs = Moment.Shift(StateSinceNs, byNs),
        SpanSinceNs = Moment.Shift(SpanSinceNs, byNs),
        LastSentNs = Moment.Shift(LastSentNs, byNs),
        LastReceivedNs = Moment.Shift(LastReceivedNs, byNs),
        LastAckedNs = Moment.Shift(LastAckedNs, byNs),
    };

    private bool HasWindows => State is ConnectionState.Established or ConnectionState.CloseWait or ConnectionState.FinWait1
        or ConnectionState.FinWait2 or ConnectionState.LastAck;
}
