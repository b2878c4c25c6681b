using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Questions and answers between readings that are far apart, and whose time they took.</summary>
public sealed class ConnectionTurnTests
{
    private const long Ms = 1_000_000;
    private const long Second = 1_000 * Ms;
    private const long Start = SomeConnection.Start;

    // One question and its answer, long ago.
    private static readonly ConnectionFigures Answered = SomeConnection.Open with
    {
        DataSegmentsSent = 1,
        DataSegmentsReceived = 1,
        BytesAcked = 100,
        LastSentNs = Start - (200 * Ms),
        LastReceivedNs = Start - (190 * Ms),
    };

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());

    [Fact]
    public void AnHourOfIdlenessIsNoPartOfTheNextAnswer()
    {
        const long Asked = Start + (3600 * Second);
        _table.Read(Answered);
        var asked = Answered with { TimeNs = Asked, DataSegmentsSent = 2, LastSentNs = Asked - (20 * Ms) };
        _table.Read(asked);
        Assert.Equal(Verdict.None, VerdictAt(Asked));

        _table.Read(asked with { TimeNs = Asked + (250 * Ms), DataSegmentsReceived = 2, LastReceivedNs = Asked + (10 * Ms) });
        Assert.Equal(Verdict.None, VerdictAt(Asked + (250 * Ms)));
    }

    [Fact]
    public void AnAnswerThatTookFiveSecondsIsTheServersAlsoOnceItCame()
    {
        _table.Read(Answered);
        var asked = Answered with { TimeNs = Start + (2 * Second), DataSegmentsSent = 2, LastSentNs = Start + (2 * Second) - (100 * Ms) };
        _table.Read(asked);
        var answered = asked with { TimeNs = Start + (8 * Second), DataSegmentsReceived = 2, LastReceivedNs = Start + (7 * Second) - (100 * Ms) };
        _table.Read(answered);

        // Of two turns, one of which was short.
        var verdict = VerdictAt(answered.TimeNs);
        Assert.Equal((BlameParty.Server, BlameReason.SlowAnswer, 5 * Second / 2), (verdict.Party, verdict.Reason, verdict.TimeNs));
    }

    [Fact]
    public void WhatCameWhileSomethingWasOnItsWayIsNobodysTurn()
    {
        // Sent just now, not acknowledged: nobody knows yet whose turn it is.
        var sending = Answered with { DataSegmentsSent = 9, Unacked = 9_000, LastSentNs = Start - Ms };
        _table.Read(sending);
        var answered = sending with { TimeNs = Start + (5 * Second), DataSegmentsReceived = 2, Unacked = 0, LastReceivedNs = Start + (5 * Second) - Ms };
        _table.Read(answered);

        Assert.Equal(Verdict.None, VerdictAt(answered.TimeNs));
    }

    [Fact]
    public void WhatTheServerSaysOfItsOwnAfterAnHourIsNoAnswer()
    {
        const long Said = Start + (3600 * Second);
        _table.Read(Answered with { LastSentNs = Start - (100 * Ms) }); // a line of a chat
        var told = Answered with { TimeNs = Said, DataSegmentsReceived = 2, LastReceivedNs = Said - Ms };
        _table.Read(told);
        _table.Read(told with { TimeNs = Said + Second, DataSegmentsSent = 2, DataSegmentsReceived = 3, LastSentNs = Said + (10 * Ms), LastReceivedNs = Said + (20 * Ms) });

        Assert.Equal(Verdict.None, VerdictAt(Said + Second));
    }

    private Verdict VerdictAt(long nowNs) => Assert.Single(_table.Snapshot(nowNs).Connections).Verdict;
}
