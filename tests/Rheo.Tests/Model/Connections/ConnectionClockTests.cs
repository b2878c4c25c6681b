using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Somebody sets the wall clock: what is shown is as if nobody had, by the clock as it stands.</summary>
public sealed class ConnectionClockTests
{
    private const long Second = 1_000_000_000;
    private const long Start = SomeConnection.Start;

    private static readonly ConnectionFigures Open = SomeConnection.Open with { StateSinceNs = Start - Second };

    [Theory]
    [InlineData(157_788_000 * Second)] // five years
    [InlineData(-900 * Second)]
    public void WhatLastsGoesOnAndMomentsMove(long step)
    {
        var (steady, set) = (Begin(), Begin());

        set.ShiftTime(step);
        GoOn(steady, 0);
        GoOn(set, step);

        var (wanted, found) = (Only(steady, Start + (9 * Second)), Only(set, Start + (9 * Second) + step));
        Assert.Equal(2 * Second, found.SendWindowClosedNs);
        Assert.Equal(
            (wanted.SendWindowClosedNs, wanted.ReceiveWindowClosedNs, wanted.SlowestNs, wanted.Verdict, wanted.ConnectNs),
            (found.SendWindowClosedNs, found.ReceiveWindowClosedNs, found.SlowestNs, found.Verdict, found.ConnectNs));
        Assert.Equal(Moments(wanted.Figures).Select(moment => moment + step), Moments(found.Figures));
    }

    [Fact]
    public void AWindowThatIsClosedWhileTheClockIsSetIsClosedForAsLongAsItWas()
    {
        var table = Begin();

        table.ShiftTime(-900 * Second);

        Assert.Equal(2 * Second, Only(table, Start + (3 * Second) - (900 * Second)).SendWindowClosedNs);
    }

    [Fact]
    public void WhatEndedIsKeptNeitherShorterNorLonger()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.End(Open with { End = ConnectionEnd.FinSent, State = ConnectionState.Closed });

        table.ShiftTime(1_000_000 * Second);
        table.Age(Start + (1_000_001 * Second));
        Assert.Single(table.Snapshot(Start + (1_000_001 * Second)).Connections);

        table.ShiftTime(-2_000_000 * Second);
        table.Age(Start - (1_000_000 * Second) + (30 * Second));
        Assert.Empty(table.Snapshot(Start).Connections);
    }

    [Fact]
    public void ListenersAreFoundAndTheirDropsStayWhenTheyWere()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        var queue = new ListenQueue { Cookie = 3, Namespace = 1, Local = new(Address.Parse("10.0.0.1"), 80), TimeNs = Start, Limit = 10, Length = 0, HalfOpen = 0, Drops = 0, SynAckRetransmits = 0 };
        table.Read(queue);
        table.Read(queue with { Drops = 1, TimeNs = Start + Second });

        table.ShiftTime(500 * Second);

        var found = Assert.Single(table.Snapshot(Start + (502 * Second)).Queues);
        Assert.Equal((Start + (501 * Second), Start + (501 * Second)), (found.TimeNs, found.DroppedNs));
        table.EndListener(3);
        Assert.Empty(table.Snapshot(Start + (502 * Second)).Queues);
    }

    // The window closes at the second second.
    private static ConnectionTable Begin()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        table.BeginWalk(Start);
        table.Read(Open);
        table.BeginWalk(Start + Second);
        table.Read(Open with { TimeNs = Start + Second, SendWindow = 0, Span = LimitSpan.Receiver, SpanSinceNs = Start + Second, LastSentNs = Start + Second });
        return table;
    }

    // And opens at the third.
    private static void GoOn(ConnectionTable table, long step)
    {
        table.BeginWalk(Start + (4 * Second) + step);
        table.Read(Open with
        {
            TimeNs = Start + (4 * Second) + step,
            OpenedNs = Open.OpenedNs + step,
            EstablishedNs = Open.EstablishedNs + step,
            StateSinceNs = Open.StateSinceNs + step,
            LastSentNs = Start + Second + step,
            LastReceivedNs = Start + (3 * Second) + step,
            ReceiverLimitedNs = 2 * Second,
        });
    }

    private static Connection Only(ConnectionTable table, long nowNs) => Assert.Single(table.Snapshot(nowNs).Connections);

    private static long[] Moments(ConnectionFigures figures) =>
        [figures.TimeNs, figures.OpenedNs, figures.EstablishedNs, figures.StateSinceNs, figures.LastSentNs, figures.LastReceivedNs];
}
