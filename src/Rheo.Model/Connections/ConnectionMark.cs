namespace Rheo.Model.Connections;

/// <summary>Sums of a connection at a moment: what came since is how it fares now.</summary>
internal readonly struct ConnectionMark
{
    public long TimeNs { get; init; }

    public uint Retransmitted { get; init; }

    public uint DataSegmentsSent { get; init; }

    public uint DataSegmentsReceived { get; init; }

    public uint OutOfOrder { get; init; }

    public long BusyNs { get; init; }

    public long ReceiverLimitedNs { get; init; }

    public long BufferLimitedNs { get; init; }

    public long PeerTurnNs { get; init; }

    public long OwnTurnNs { get; init; }

    public long SendClosedNs { get; init; }

    /// <summary>The same by a clock that was set.</summary>
    public ConnectionMark Shifted(long byNs) => this with { TimeNs = Moment.Shift(TimeNs, byNs) };
}
