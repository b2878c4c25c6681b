using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Readings in, connections out.</summary>
public sealed class ConnectionTableTests
{
    private const long Second = 1_000_000_000;
    private const long Start = SomeConnection.Start;

    private static readonly ConnectionFigures Open = SomeConnection.Open;

    [Fact]
    public void AnEndIsKeptForAWhile()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.Read(Open);
        table.End(Open with { TimeNs = Start + Second, State = ConnectionState.Closed, End = ConnectionEnd.FinSent });

        var ended = Assert.Single(table.Snapshot(Start + Second).Connections);
        table.Age(Start + (20 * Second));

        Assert.Equal(ConnectionEnd.FinSent, ended.Figures.End);
        Assert.Empty(table.Snapshot(Start + (20 * Second)).Connections);
        Assert.Equal(2, table.Sums().Times.Lifetime.SumSeconds);
    }

    [Fact]
    public void WhatAFullWalkDoesNotFindIsNoMore()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.BeginWalk(Start);
        table.Read(Open);
        table.BeginWalk(Start + Second);
        table.EndFullWalk(Start + Second);

        Assert.Equal(ConnectionEnd.Unseen, Assert.Single(table.Snapshot(Start + Second).Connections).Figures.End);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void OfSeveralFullWalksInARowOneMayPassBy()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.BeginWalk(Start);
        table.Read(Open);
        table.BeginWalk(Start + Second);
        table.EndFullWalk(Start + Second, walks: 2);
        Assert.Equal(1, table.Count);

        table.BeginWalk(Start + (2 * Second));
        table.EndFullWalk(Start + (2 * Second), walks: 2);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void AListenerThatThreeWalksDoNotFindIsNoMore()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.BeginWalk(Start);
        table.Read(new ListenQueue
        {
            Cookie = 1, Namespace = 1, Local = new(Address.Any, 80), TimeNs = Start, Length = 0, Limit = 8, HalfOpen = 0, Drops = 0, SynAckRetransmits = 0,
        });
        table.EndWalk();
        for (var walks = 1; walks < 3; walks++)
        {
            table.BeginWalk(Start + (walks * Second));
            table.EndWalk();
            Assert.Single(table.Sums().Queues);
        }

        table.BeginWalk(Start + (3 * Second));
        table.EndWalk();
        Assert.Empty(table.Sums().Queues);
    }

    [Fact]
    public void WhatFindsNoRoomIsCounted()
    {
        var table = new ConnectionTable(new ConnectionTableOptions { MaxConnections = 1 });
        table.Read(Open);
        table.Read(Open with { Cookie = 8 });

        Assert.Equal((1, 1UL), (table.Count, table.Sums().Untold));
    }

    [Fact]
    public void ConnectTimeCountsOnce()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.Read(Open);
        table.Read(Open with { TimeNs = Start + Second });

        Assert.Equal((1UL, 0.001), (table.Sums().Times.Connect.Count, Math.Round(table.Sums().Times.Connect.SumSeconds, 6)));
    }

    [Fact]
    public void ARoundTripCountsOnceForEachReadingThatFoundTheConnectionMoved()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.Read(Open);
        table.Read(Open with { TimeNs = Start + Second });
        Assert.Equal(1UL, table.Sums().Times.Rtt.Count);

        table.Read(Open with { TimeNs = Start + (2 * Second), SegmentsReceived = 1 });
        table.Read(Open with { TimeNs = Start + (3 * Second), SegmentsReceived = 1, SegmentsSent = 1 });
        Assert.Equal(3UL, table.Sums().Times.Rtt.Count);
        table.End(Open with { TimeNs = Start + (4 * Second), State = ConnectionState.Closed, End = ConnectionEnd.FinSent });
        Assert.Equal(4UL, table.Sums().Times.Rtt.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Start - Second)]
    public void TheFirstReadingOfAConnectionThatIsOldIsNoNews(long openedNs)
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.Read(Open with { TimeNs = Start + (3600 * Second), OpenedNs = openedNs });

        Assert.Equal(0UL, table.Sums().Times.Rtt.Count);
        Assert.Equal(Open.RttNs, Assert.Single(table.Snapshot(Start + (3600 * Second)).Connections).MedianRttNs);
    }

    [Fact]
    public void AConnectionOlderThanTheWatchingIsTheServersWhereSomebodyListens()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        var old = Open with { Role = ConnectionRole.Unknown, OpenedNs = 0, EstablishedNs = 0, Local = Open.Remote, Remote = Open.Local };
        table.Read(old);

        Assert.Equal(ConnectionRole.Client, Assert.Single(table.Snapshot(Start).Connections).Role);
        table.Read(new ListenQueue
        {
            Cookie = 1, Namespace = 1, Local = new(Address.Any, 80), TimeNs = Start, Length = 0, Limit = 8, HalfOpen = 0, Drops = 0, SynAckRetransmits = 0,
        });
        Assert.Equal(ConnectionRole.Server, Assert.Single(table.Snapshot(Start).Connections).Role);
    }

    [Fact]
    public void AClosedWindowIsMeasuredByTheKernelsOwnClock()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.Read(Open);
        var closed = Open with
        {
            TimeNs = Start + Second,
            SendWindow = 0,
            Unacked = 9_000,
            Unsent = 9_000,
            Span = LimitSpan.Receiver,
            SpanSinceNs = Start + (Second / 2),
            ReceiverLimitedNs = Second / 2,
            BusyNs = Second / 2,
        };
        table.Read(closed);
        Assert.True(table.IsAnyWindowClosed);
        // It opened 1.5 s after it had closed, and was read a second later.
        table.BeginWalk(Start + Second);
        table.Read(Open with { TimeNs = Start + (3 * Second), ReceiverLimitedNs = 3 * Second / 2, BusyNs = 2 * Second });

        Assert.Equal(3 * Second / 2, Assert.Single(table.Snapshot(Start + (4 * Second)).Connections).SendWindowClosedNs);
    }

    [Fact]
    public void AServerThatTakesItsTimeIsFoundByWhoseTurnItIs()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.Read(Open);
        // Each tenth of a second one question and one answer; whenever it is looked at, the question was read and the answer is awaited.
        for (var step = 1U; step <= 10; step++)
        {
            var now = Start + (step * Second / 10);
            table.Read(Open with
            {
                TimeNs = now,
                DataSegmentsSent = step + 1,
                DataSegmentsReceived = step,
                LastReceivedNs = now - 60_000_000,
                LastSentNs = now - 50_000_000,
                LastAckedNs = now - 49_000_000,
            });
        }

        var verdict = Assert.Single(table.Snapshot(Start + Second).Connections).Verdict;
        Assert.Equal((BlameParty.Server, BlameReason.SlowAnswer), (verdict.Party, verdict.Reason));
        Assert.InRange(verdict.TimeNs, 80_000_000, 120_000_000);
    }
}
