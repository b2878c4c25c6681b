using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Listeners, and what they have to do with the connections that are for them.</summary>
public sealed class ListenerTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_000 * Second;

    private static readonly Endpoint Server = new(Address.Parse("10.0.0.2"), 80), Client = new(Address.Parse("10.0.0.1"), 40_000);

    private static readonly ListenQueue Queue = new()
    {
        Cookie = 1, Namespace = 1, Local = Server, TimeNs = Start, Length = 0, Limit = 8, HalfOpen = 0, Drops = 3, SynAckRetransmits = 0,
    };

    // Older than our watching: who opened it follows from who listens.
    private static readonly ConnectionFigures Old = new()
    {
        Cookie = 7, Namespace = 1, TimeNs = Start, State = ConnectionState.Established, Local = Server, Remote = Client, SendWindow = 65_535,
        ReceiveWindow = 65_535, SegmentSize = 1448,
    };

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());

    [Fact]
    public void WhatAListenerLetGoIsDatedToTheReadingThatShowedIt()
    {
        _table.Read(Queue);
        _table.Read(Queue with { TimeNs = Start + Second });
        Assert.Equal(0, Read().DroppedNs); // what was before we looked is no news

        _table.Read(Queue with { TimeNs = Start + (2 * Second), Drops = 4 });
        _table.Read(Queue with { TimeNs = Start + (3 * Second), Drops = 4 });

        Assert.Equal(Start + (2 * Second), Read().DroppedNs);

        ListenQueue Read() => Assert.Single(_table.Sums().Queues);
    }

    [Fact]
    public void AListenerThatEndedHasNoConnectionsAnyMore()
    {
        _table.Read(Queue);
        _table.Read(Old);
        Assert.Equal(ConnectionRole.Server, Role());

        _table.EndListener(Queue.Cookie);

        Assert.Equal(ConnectionRole.Client, Role());
        Assert.Empty(_table.Sums().Queues);
    }

    [Fact]
    public void OfTwoAtOnePortOneMayEnd()
    {
        _table.Read(Queue);
        _table.Read(Queue with { Cookie = 2, Namespace = 2 });
        _table.Read(Old);

        _table.EndListener(2);

        Assert.Equal(ConnectionRole.Server, Role());
    }

    [Fact]
    public void AListenerOfAnotherNamespaceIsNotMeant()
    {
        _table.Read(Queue with { Namespace = 2 });
        _table.Read(Old);

        Assert.Equal(ConnectionRole.Client, Role());
    }

    [Theory]
    [InlineData(ConnectionState.Established, BlameReason.QueueFull)]
    [InlineData(ConnectionState.SynSent, BlameReason.SynUnanswered)] // that one was not let in anywhere: it tells nothing
    public void WhereAServerIsTellTheConnectionsThatItHas(ConnectionState state, BlameReason reason)
    {
        _table.Read(Queue with { Namespace = 3, Length = 9 });
        _table.Read(Old with { Namespace = 3, Remote = Client with { Port = 40_001 }, State = state });
        var waiting = Old with
        {
            Cookie = 8,
            Local = Client,
            Remote = Server,
            Role = ConnectionRole.Client,
            State = ConnectionState.SynSent,
            OpenedNs = Start - Second,
            StateSinceNs = Start - Second,
            Retransmits = new(0, 0, 0, 1, 0),
        };
        _table.Read(waiting);

        var shown = _table.Snapshot(Start).Connections.Single(connection => connection.Figures.Cookie == 8);
        Assert.Equal(reason, shown.Verdict.Reason);
    }

    private ConnectionRole Role() => Assert.Single(_table.Snapshot(Start).Connections).Role;
}
