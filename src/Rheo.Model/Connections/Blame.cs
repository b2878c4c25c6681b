namespace Rheo.Model.Connections;

/// <summary>Who makes a connection slow or fail, judged from its figures. Pure: the same figures, the same verdict.</summary>
/// <remarks>
/// The order is that of certainty. What a kernel states (refused, a full queue, a closed window) goes before what is concluded (loss,
/// a slow answer). A connection that is idle is nobody's fault.
/// </remarks>
public static class Blame
{
    /// <summary>50 ms: what a person begins to feel, and twelve times the kernel's coarsest clock (4 ms).</summary>
    public const long SlowNs = 50_000_000;

    /// <summary>100 ms: a round trip beyond it is another continent, or a queue.</summary>
    public const long LongRoundTripNs = 100_000_000;

    /// <summary>1 %: more is no accident, and halves what a stream carries.</summary>
    private const double MuchLoss = 0.01;

    /// <summary>Three segments: one may be lost anywhere.</summary>
    private const ulong FewSegments = 3;

    private const double Mostly = 0.5;

    /// <summary>Judges one end.</summary>
    /// <param name="own">Its figures.</param>
    /// <param name="peer">Those of the other end, where it is on this machine too.</param>
    /// <param name="listener">The listener that the connection is for, where it is on this machine.</param>
    public static Verdict Of(in BlameFigures own, BlameFigures? peer = null, ListenQueue? listener = null)
    {
        var verdict = OfFailure(own, listener);
        if (verdict.Reason == BlameReason.None)
            verdict = OfQueue(own, peer, listener);
        if (verdict.Reason == BlameReason.None)
            verdict = OfWindow(own, peer);
        if (verdict.Reason == BlameReason.None)
            verdict = OfPath(own, peer);
        return verdict.Reason == BlameReason.None ? OfAnswer(own, peer) : verdict;
    }

    /// <summary>Whether its listener may be to blame, where that is pressed; else nobody need look for it.</summary>
    internal static bool MayBeTheQueue(in BlameFigures own) =>
        own.WasNeverOpen || own.State == ConnectionState.SynSent || own.End == ConnectionEnd.GivenUp || (!own.WasEverAcked && own.Retransmitted > 0);

    private static Verdict OfFailure(in BlameFigures own, ListenQueue? listener) => own.End switch
    {
        ConnectionEnd.Refused => new(BlameParty.Server, BlameReason.Refused),
        ConnectionEnd.Unreachable => new(BlameParty.Network, BlameReason.Unreachable),
        ConnectionEnd.TimedOut when own.WasNeverOpen => Unanswered(own, listener),
        ConnectionEnd.GivenUp when own.SynRetransmits > 0 || own.StateNs >= LongRoundTripNs => Unanswered(own, listener),
        ConnectionEnd.TimedOut => new(BlameParty.Network, BlameReason.Unanswered, own.Retransmitted),
        ConnectionEnd.ResetReceived => new(PeerParty(own.Role), BlameReason.Reset),
        ConnectionEnd.ResetSent => new(OwnParty(own.Role), BlameReason.Reset),
        _ => Verdict.None,
    };

    private static Verdict OfQueue(in BlameFigures own, BlameFigures? peer, ListenQueue? listener)
    {
        if (own.State == ConnectionState.SynSent)
            return own.SynRetransmits > 0 || own.StateNs >= LongRoundTripNs ? Unanswered(own, listener) : Verdict.None;
        if (own.WaitsForAccept && own.StateNs >= SlowNs)
            return NotAccepted(own.StateNs, listener);
        if (peer is { WaitsForAccept: true } waiting && waiting.StateNs >= SlowNs)
            return NotAccepted(waiting.StateNs, listener);
        // Its handshake's last packet was not let in: this end believes that it is open, and nothing comes of what it sends.
        var isUnheard = own.Role == ConnectionRole.Client && peer is null && !own.WasEverAcked && own.Retransmitted > 0;
        return isUnheard && IsPressed(listener) ? Full(listener!) : Verdict.None;
    }

    private static Verdict OfWindow(in BlameFigures own, BlameFigures? peer)
    {
        if (own.IsSendWindowClosed && own.SendWindowClosedNs >= SlowNs)
            return new(PeerParty(own.Role), BlameReason.WindowClosed, TimeNs: own.SendWindowClosedNs);
        if (peer is { IsSendWindowClosed: true } sender && sender.SendWindowClosedNs >= SlowNs)
            return new(OwnParty(own.Role), BlameReason.WindowClosed, own.Unread, TimeNs: sender.SendWindowClosedNs);
        if (own.Unread > 0 && own.UnreadNs >= LongRoundTripNs)
            return new(OwnParty(own.Role), BlameReason.WindowClosed, own.Unread, TimeNs: own.UnreadNs);
        return Verdict.None;
    }

    private static Verdict OfPath(in BlameFigures own, BlameFigures? peer)
    {
        if (IsMuch(own.Retransmitted, own.DataSegmentsSent))
            return new(BlameParty.Network, BlameReason.Loss, own.Retransmitted, own.DataSegmentsSent);
        if (peer is { } sender && IsMuch(sender.Retransmitted, sender.DataSegmentsSent))
            return new(BlameParty.Network, BlameReason.Loss, sender.Retransmitted, sender.DataSegmentsSent);
        if (IsMuch(own.OutOfOrder, own.DataSegmentsReceived))
            return new(BlameParty.Network, BlameReason.Loss, own.OutOfOrder, own.DataSegmentsReceived);
        if (own.BusyNs >= SlowNs && own.ReceiverLimitedNs > own.BusyNs * Mostly)
            return new(PeerParty(own.Role), BlameReason.SlowReader, TimeNs: own.ReceiverLimitedNs);
        if (own.BusyNs >= SlowNs && own.BufferLimitedNs > own.BusyNs * Mostly)
            return new(OwnParty(own.Role), BlameReason.SmallBuffer, TimeNs: own.BufferLimitedNs);
        return own.RttNs >= LongRoundTripNs ? new(BlameParty.Network, BlameReason.LongRoundTrip, TimeNs: own.RttNs) : Verdict.None;
    }

    // Only a server answers: a client that is silent is idle.
    private static Verdict OfAnswer(in BlameFigures own, BlameFigures? peer)
    {
        var answerNs = own.Role switch
        {
            ConnectionRole.Client => Math.Max(own.PeerAnswerNs, peer?.OwnAnswerNs ?? 0),
            ConnectionRole.Server => Math.Max(own.OwnAnswerNs, peer?.PeerAnswerNs ?? 0),
            _ => 0,
        };
        return answerNs >= SlowNs ? new(BlameParty.Server, BlameReason.SlowAnswer, TimeNs: answerNs) : Verdict.None;
    }

    private static Verdict Unanswered(in BlameFigures own, ListenQueue? listener) => IsPressed(listener)
        ? Full(listener!)
        : new(BlameParty.Network, BlameReason.SynUnanswered, own.SynRetransmits, TimeNs: own.StateNs);

    private static Verdict NotAccepted(long sinceNs, ListenQueue? listener) => IsPressed(listener)
        ? Full(listener!)
        : new(BlameParty.ServerQueue, BlameReason.NotAccepted, listener?.Length ?? 0, listener?.Limit ?? 0, sinceNs);

    private static Verdict Full(ListenQueue listener) => new(BlameParty.ServerQueue, BlameReason.QueueFull, listener.Length, listener.Limit);

    private static bool IsPressed(ListenQueue? listener) => listener is { IsPressed: true };

    private static bool IsMuch(ulong lost, ulong all) => lost >= FewSegments && lost > all * MuchLoss;

    private static BlameParty OwnParty(ConnectionRole role) => role == ConnectionRole.Server ? BlameParty.Server : BlameParty.Client;

    private static BlameParty PeerParty(ConnectionRole role) => role == ConnectionRole.Server ? BlameParty.Client : BlameParty.Server;
}
