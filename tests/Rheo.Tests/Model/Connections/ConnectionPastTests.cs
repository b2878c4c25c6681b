using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>What several readings of a connection tell that one does not, and when that is over.</summary>
public sealed class ConnectionPastTests
{
    private const long Second = 1_000_000_000;
    private const long Start = SomeConnection.Start;

    private static readonly ConnectionFigures Open = SomeConnection.Open;

    private static readonly ConnectionFigures Lossy = Open with { DataSegmentsSent = 100, DataSegmentsReceived = 100, Retransmitted = 10, BytesAcked = 1000 };

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());

    [Fact]
    public void WhatWasLostIsHeldAgainstAPathForTenSecondsAndMore()
    {
        _table.Read(Open);
        for (var second = 1; second <= 9; second++)
            Read(second);
        Assert.Equal(BlameReason.Loss, Reason(9));

        for (var second = 10; second <= 30; second++)
            Read(second);
        Assert.Equal(BlameReason.None, Reason(30));

        void Read(int second) => _table.Read(Lossy with { TimeNs = Start + (second * Second) });
    }

    [Fact]
    public void WhatIsNotHeardOfAnyMoreIsBlamedForNothing()
    {
        _table.Read(Open);
        _table.Read(Lossy with { TimeNs = Start + Second });

        Assert.Equal(BlameReason.Loss, Reason(20));
        Assert.Equal(BlameReason.None, Reason(22));
    }

    [Fact]
    public void OfOneThatIsDaysOldAndReadFirstNothingIsNew()
    {
        _table.Read(Lossy with { TimeNs = Start + (86_400 * Second) });

        Assert.Equal(BlameReason.None, Reason(86_400));
    }

    [Fact]
    public void WhatWasBeforeALongSilenceIsOver()
    {
        _table.Read(Open);
        var lossy = Lossy with { TimeNs = Start + (5 * Second) };
        _table.Read(lossy);
        Assert.Equal(BlameReason.Loss, Reason(5));

        _table.Read(lossy with { TimeNs = Start + (7200 * Second), DataSegmentsSent = 101, Retransmitted = 11 });
        Assert.Equal(BlameReason.None, Reason(7200));
    }

    [Fact]
    public void AnEndInOrderIsNoFaultOfWhoNeedReadNothingMore()
    {
        // The other end's FIN counts as a byte where it comes last.
        _table.End(Open with
        {
            TimeNs = Start + Second,
            State = ConnectionState.Closed,
            OldState = ConnectionState.FinWait2,
            End = ConnectionEnd.FinSent,
            Unread = 1,
            LastReceivedNs = Start,
        });

        Assert.Equal(BlameReason.None, Reason(1));
    }

    [Theory]
    [InlineData(30, BlameReason.SlowAnswer)]
    [InlineData(90, BlameReason.None)] // a sender of logs
    public void WhoNeverAnswersIsNotAskedForAnswersAfterAMinute(int seconds, BlameReason reason)
    {
        _table.Read(Open with
        {
            OpenedNs = Start - (seconds * Second),
            EstablishedNs = Start - (seconds * Second),
            DataSegmentsSent = 5,
            LastSentNs = Start - Second,
            BytesAcked = 1000,
        });

        Assert.Equal(reason, Reason(0));
    }

    [Fact]
    public void AWindowThatNoClockOfTheKernelMeasuresOpenedHalfwayBetweenTwoReadings()
    {
        _table.Read(Open);
        _table.Read(Open with { TimeNs = Start + (2 * Second), ReceiveWindow = 0, Unread = 9000, LastReceivedNs = Start + Second });
        _table.Read(Open with { TimeNs = Start + (6 * Second), LastReceivedNs = Start + Second });

        // Closed since the last byte came, a second before the reading that showed it; then half of four seconds.
        Assert.Equal(3 * Second, Assert.Single(_table.Snapshot(Start + (9 * Second)).Connections).ReceiveWindowClosedNs);
    }

    [Fact]
    public void TheMedianIsThatOfTheLastFifteenAlsoWhereTheyFall()
    {
        for (var reading = 40; reading >= 1; reading--)
            _table.Read(Open with { RttNs = reading * 1_000_000L, SegmentsReceived = 40 - (uint)reading });

        Assert.Equal(8_000_000, Assert.Single(_table.Snapshot(Start).Connections).MedianRttNs);
    }

    [Fact]
    public void AReadingThatFoundNothingMovedIsNoPartOfTheMedian()
    {
        _table.Read(Open with { RttNs = 1_000_000 });
        _table.Read(Open with { RttNs = 9_000_000, SegmentsReceived = 1 });
        for (var second = 1; second <= 9; second++)
            _table.Read(Open with { TimeNs = Start + (second * Second), RttNs = 9_000_000, SegmentsReceived = 1 });
        _table.Read(Open with { TimeNs = Start + (10 * Second), RttNs = 1_000_000, SegmentsReceived = 2 });

        Assert.Equal(1_000_000, Assert.Single(_table.Snapshot(Start + (10 * Second)).Connections).MedianRttNs);
    }

    [Fact]
    public void AConnectionThatTakesThePlaceOfAnotherOneIsCountedAnew()
    {
        _table.Read(Open);
        _table.End(Open with { TimeNs = Start + Second, State = ConnectionState.Closed, End = ConnectionEnd.FinSent });
        _table.Age(Start + (20 * Second));

        _table.Read(Open with { Cookie = 8, TimeNs = Start + (20 * Second) });

        Assert.Equal(2UL, _table.Sums().Times.Connect.Count);
        Assert.Equal(500_000, Assert.Single(_table.Snapshot(Start + (20 * Second)).Connections).MedianRttNs);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(59, 59)]
    [InlineData(61, 0)] // idle: nothing is awaited any more
    public void AnAnswerIsAwaitedForAMinute(int second, int seconds)
    {
        _table.Read(Open with { DataSegmentsSent = 2, DataSegmentsReceived = 1, BytesAcked = 1000, LastSentNs = Start, LastReceivedNs = Start - Second });

        var verdict = Assert.Single(_table.Snapshot(Start + (second * Second)).Connections).Verdict;
        Assert.Equal(seconds > 0 ? new Verdict(BlameParty.Server, BlameReason.SlowAnswer, TimeNs: seconds * Second) : Verdict.None, verdict);
    }

    private BlameReason Reason(int second) => Assert.Single(_table.Snapshot(Start + (second * Second)).Connections).Verdict.Reason;
}
