namespace Rheo.Model.Connections;

/// <summary>Adds up whose turn it was, from readings that are further apart than a question and its answer.</summary>
internal struct TurnClock
{
    /// <summary>A minute: an answer may take that long. A longer silence is none that anybody awaits: of a chat, a sender of logs.</summary>
    public const long LongestNs = 60_000_000_000;

    /// <summary>10 ms: the longest tick of a kernel (HZ 100).</summary>
    private const long TickNs = 10_000_000;

    /// <summary>Time that it was this end's turn.</summary>
    public long OwnNs { get; private set; }

    /// <summary>Time that it was the other end's.</summary>
    public long PeerNs { get; private set; }

    /// <summary>Whose turn it is. Payload is dated to a tick of the kernel (1 to 10 ms). Within one, an acknowledgement after it shows that ours was the later.</summary>
    public static Turn Of(in ConnectionFigures figures)
    {
        if (figures.State != ConnectionState.Established || figures.Unread > 0 || figures.Backoff > 0 || figures.Unsent > 0)
            return Turn.Nobody;
        if (figures.DataSegmentsSent == 0)
            return figures.DataSegmentsReceived == 0 ? Turn.Nobody : Turn.Own;
        // A stream of data under way awaits no answer.
        if (figures.Unacked > 0)
            return figures.TimeNs - figures.LastSentNs > TickNs + (2 * figures.RttNs) ? Turn.Peer : Turn.Nobody;
        var isPeers = figures.LastSentNs > figures.LastReceivedNs
            || (figures.LastSentNs == figures.LastReceivedNs && figures.LastAckedNs > figures.LastReceivedNs + TickNs);
        return isPeers ? Turn.Peer : Turn.Own;
    }

    /// <summary>A further reading.</summary>
    /// <remarks>
    /// A walk tells what moved alone, so that two readings may be an hour apart. The kernel has kept when payload moved last: until then it is
    /// the turn of who had it at the first reading, from then on of who has it at the second. Where it moved more than once between them this
    /// is a sample, as a reading is; where it moved once, which is the rule after a silence, it is exact.
    /// </remarks>
    public void Read(in ConnectionFigures before, in ConnectionFigures next)
    {
        if (next.DataSegmentsSent == before.DataSegmentsSent && next.DataSegmentsReceived == before.DataSegmentsReceived)
        {
            Give(in before, next.TimeNs);
            return;
        }

        var movedNs = Math.Clamp(LastMovedNs(in next), before.TimeNs, Math.Max(before.TimeNs, next.TimeNs));
        Give(in before, movedNs);
        Give(Of(in next), next.TimeNs - movedNs);
    }

    /// <summary>How long it is somebody's turn already; 0: it is not his, or nothing is awaited any more.</summary>
    public static long PresentNs(in ConnectionFigures figures, Turn whose, long nowNs)
    {
        var lastsNs = nowNs - LastMovedNs(in figures);
        return lastsNs is > 0 and <= LongestNs && figures.End == ConnectionEnd.None && Of(in figures) == whose ? lastsNs : 0;
    }

    private static long LastMovedNs(in ConnectionFigures figures) => Math.Max(figures.LastSentNs, figures.LastReceivedNs);

    private void Give(in ConnectionFigures before, long untilNs)
    {
        if (untilNs - LastMovedNs(in before) <= LongestNs)
            Give(Of(in before), untilNs - before.TimeNs);
    }

    private void Give(Turn turn, long timeNs)
    {
        if (turn == Turn.Own)
            OwnNs += Math.Max(0, timeNs);
        else if (turn == Turn.Peer)
            PeerNs += Math.Max(0, timeNs);
    }
}
