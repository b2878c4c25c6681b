namespace Rheo.Model.Connections;

/// <summary>What the table keeps of one end: the last reading, and what only several readings tell.</summary>
internal sealed class ConnectionEntry
{
    /// <summary>10 s: how it fares now is what came since ten to twenty seconds.</summary>
    private const long MarkNs = 10_000_000_000;

    /// <summary>What one takes, for fetching it.</summary>
    private const int Size = 768;

    private WindowClock _sendClosed;
    private WindowClock _receiveClosed;
    private TurnClock _turns;
    private ConnectionMark _older;
    private ConnectionMark _newer;
    private RttSamples _rtt;

    private ConnectionFigures _figures;

    /// <summary>It will be looked at soon.</summary>
    public static void Expect(ConnectionEntry entry) => Prefetch.Object(entry, Size);

    /// <summary>Begins with the first reading of a connection, whatever it was before.</summary>
    public void Begin(in ConnectionFigures first)
    {
        (_sendClosed, _receiveClosed, _turns, _rtt) = (default, default, default, default);
        (Walk, IsConnectCounted, DuplicateAcks) = (0, false, null);
        // Of one that was seen to begin a short while ago, all is new.
        HasMoved = first.OpenedNs > 0 && first.TimeNs - first.OpenedNs <= 2 * MarkNs;
        Read(in first, 0);
        AddRtt(in first);
        _older = _newer = HasMoved ? new ConnectionMark { TimeNs = first.OpenedNs } : Mark(first.TimeNs);
    }

    public ref readonly ConnectionFigures Figures => ref _figures;

    /// <summary>Number of the last full walk that found it.</summary>
    public long Walk { get; set; }

    /// <summary>Its connect latency stands in the histogram.</summary>
    public bool IsConnectCounted { get; set; }

    /// <summary>The duplicate acknowledgements that it had been sent when it ended; null: not known.</summary>
    public uint? DuplicateAcks { get; set; }

    /// <summary>The last reading found that something came or went since the one before it, or is the first of a young connection.</summary>
    public bool HasMoved { get; private set; }

    public bool IsAnyWindowClosed => _sendClosed.IsClosed || _receiveClosed.IsClosed;

    /// <summary>Median of the last readings of the round trip; 0: none yet.</summary>
    public long MedianRttNs => _rtt.MedianNs;

    public long SendClosedNs(long nowNs) => _sendClosed.TotalNs(nowNs);

    public long ReceiveClosedNs(long nowNs) => _receiveClosed.TotalNs(nowNs);

    /// <summary>A further reading.</summary>
    /// <param name="next">It.</param>
    /// <param name="unmovedUntilNs">When it was looked at, and had not moved since the reading before; 0: it was not.</param>
    public void Add(in ConnectionFigures next, long unmovedUntilNs)
    {
        if (next.TimeNs - Figures.TimeNs > 2 * MarkNs)
            _older = _newer = Mark(Figures.TimeNs); // what was before a long silence is over
        _turns.Read(in _figures, in next);
        HasMoved = next.SegmentsSent != Figures.SegmentsSent || next.SegmentsReceived != Figures.SegmentsReceived;
        if (HasMoved)
            AddRtt(in next);
        Read(in next, Math.Max(Figures.TimeNs, unmovedUntilNs));
        if (next.TimeNs - _newer.TimeNs < MarkNs)
            return;
        _older = _newer;
        _newer = Mark(next.TimeNs);
    }

    /// <summary>It is no more, and nobody has told how it ended.</summary>
    public void Lose(long nowNs) => _figures = _figures with { End = ConnectionEnd.Unseen, OldState = Figures.State, State = ConnectionState.Closed, TimeNs = nowNs };

    /// <summary>The wall clock was set.</summary>
    public void ShiftTime(long byNs)
    {
        _figures = _figures.Shifted(byNs);
        (_older, _newer) = (_older.Shifted(byNs), _newer.Shifted(byNs));
        _sendClosed.ShiftTime(byNs);
        _receiveClosed.ShiftTime(byNs);
    }

    public BlameFigures ToBlame(ConnectionRole role, long nowNs)
    {
        ref readonly var figures = ref _figures;
        ref readonly var since = ref _older;
        // Who never answers is not asked for answers.
        var isOneWay = figures.DataSegmentsReceived == 0 && nowNs - figures.EstablishedNs > TurnClock.LongestNs;
        var isQuiet = nowNs - figures.TimeNs > 2 * MarkNs; // what was, is over
        var exchanges = isQuiet
            ? 0
            : Math.Min(figures.DataSegmentsSent - since.DataSegmentsSent, figures.DataSegmentsReceived - since.DataSegmentsReceived);
        return new BlameFigures
        {
            Role = role,
            State = figures.State,
            End = figures.End,
            WasNeverOpen = figures.EstablishedNs == 0 && figures.OldState == ConnectionState.SynSent,
            StateNs = figures.StateSinceNs > 0 ? nowNs - figures.StateSinceNs : 0,
            WaitsForAccept = figures.WaitsForAccept && role == ConnectionRole.Server,
            SynRetransmits = figures.Retransmits.Syn,
            Retransmitted = isQuiet ? 0 : figures.Retransmitted - since.Retransmitted,
            DataSegmentsSent = figures.DataSegmentsSent - since.DataSegmentsSent,
            DataSegmentsReceived = figures.DataSegmentsReceived - since.DataSegmentsReceived,
            OutOfOrder = isQuiet ? 0 : figures.OutOfOrder - since.OutOfOrder,
            WasEverAcked = figures.BytesAcked > 1,
            IsSendWindowClosed = _sendClosed.IsClosed,
            SendWindowClosedNs = SendClosedNs(nowNs) - since.SendClosedNs,
            Unread = figures.Unread,
            UnreadNs = IsLeftUnread(in figures) ? nowNs - figures.LastReceivedNs : 0,
            BusyNs = isQuiet ? 0 : figures.BusyNs - since.BusyNs,
            ReceiverLimitedNs = figures.ReceiverLimitedNs - since.ReceiverLimitedNs,
            BufferLimitedNs = figures.BufferLimitedNs - since.BufferLimitedNs,
            PeerAnswerNs = isOneWay ? 0 : AnswerNs(_turns.PeerNs - since.PeerTurnNs, exchanges, TurnClock.PresentNs(in figures, Turn.Peer, nowNs)),
            OwnAnswerNs = AnswerNs(_turns.OwnNs - since.OwnTurnNs, exchanges, TurnClock.PresentNs(in figures, Turn.Own, nowNs)),
            RttNs = figures.RttNs,
        };
    }

    // Nobody reads any more of one that is over, or that no process has.
    private static bool IsLeftUnread(in ConnectionFigures figures) =>
        figures is { Unread: > 0, LastReceivedNs: > 0, HasNoProcess: false, End: ConnectionEnd.None };

    // All the time that it was somebody's turn, by the number of turns; or what the present one takes, if that is more.
    private static long AnswerNs(long turnsNs, long exchanges, long presentNs) =>
        Math.Max(exchanges > 0 ? turnsNs / exchanges : 0, presentNs);

    private void Read(in ConnectionFigures next, long beforeNs)
    {
        var limitedSinceNs = next.Span == LimitSpan.Receiver ? next.SpanSinceNs : next.TimeNs;
        _sendClosed.Read(next.TimeNs, next.IsSendWindowClosed, limitedSinceNs, beforeNs, next.ReceiverLimitedNs);
        _receiveClosed.Read(next.TimeNs, next.IsReceiveWindowClosed, next.LastReceivedNs, beforeNs, null);
        _figures = next;
    }

    private void AddRtt(in ConnectionFigures next)
    {
        if (next.RttNs > 0)
            _rtt.Add(next.RttNs);
    }

    private ConnectionMark Mark(long nowNs) => new()
    {
        TimeNs = nowNs,
        Retransmitted = Figures.Retransmitted,
        DataSegmentsSent = Figures.DataSegmentsSent,
        DataSegmentsReceived = Figures.DataSegmentsReceived,
        OutOfOrder = Figures.OutOfOrder,
        BusyNs = Figures.BusyNs,
        ReceiverLimitedNs = Figures.ReceiverLimitedNs,
        BufferLimitedNs = Figures.BufferLimitedNs,
        PeerTurnNs = _turns.PeerNs,
        OwnTurnNs = _turns.OwnNs,
        SendClosedNs = SendClosedNs(nowNs),
    };
}
