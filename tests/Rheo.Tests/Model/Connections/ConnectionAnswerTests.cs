using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Questions to a table of connections, and what it answers.</summary>
public sealed class ConnectionAnswerTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_000 * Second;

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());
    private readonly List<ulong> _asked = [];
    private uint _segments; // each reading finds the connection moved

    public ConnectionAnswerTests()
    {
        Read(1, rttMs: 5, bytes: 30, again: 0);
        Read(2, rttMs: 20, bytes: 10, again: 3);
        Read(3, rttMs: 10, bytes: 20, again: 1);
    }

    [Theory]
    [InlineData(ConnectionOrder.Slowest, 2, 3, 1)]
    [InlineData(ConnectionOrder.Rtt, 2, 3, 1)]
    [InlineData(ConnectionOrder.Retransmits, 2, 3, 1)]
    [InlineData(ConnectionOrder.Bytes, 1, 3, 2)]
    [InlineData(ConnectionOrder.Opened, 3, 2, 1)]
    public void TheGreatestComeFirst(ConnectionOrder order, ulong first, ulong second, ulong third)
    {
        Assert.Equal([first, second, third], Ask(new(), order));
        Assert.Equal([first, second], Ask(new(), order, limit: 2));
    }

    [Fact]
    public void HowManyThereAreIsToldBeyondTheLimit()
    {
        var list = _table.Answer(new(new ConnectionChoice { Retransmitting = true }, default, Listening: false, Limit: 1), Start, OwnersOf);

        Assert.Equal((3, 2, 1), (list.Live, list.Matched, list.Connections.Count));
    }

    [Fact]
    public void OwnersAreAskedForWhatIsShownAloneUnlessTheyChoose()
    {
        Assert.Equal([2], Ask(new(), limit: 1));
        Assert.Equal([2], _asked);

        _asked.Clear();
        Assert.Equal([3], Ask(new() { Pid = 103 }));
        Assert.Equal([1UL, 2, 3], _asked.Distinct().Order().ToArray());
    }

    [Theory]
    [InlineData("process:p2", 2)]
    [InlineData("rtt:>15ms", 2)]
    [InlineData("port 40001", 1)]
    public void TheFilterIsThatOfFlows(string filter, ulong expected) => Assert.Equal([expected], Ask(new() { Filter = FlowFilter.Parse(filter) }));

    [Fact]
    public void WhatEndedInOrderIsShownWhereAllIsAskedForAndWhatEndedBeforeNever()
    {
        End(1, ConnectionEnd.FinSent, Start + Second);
        End(2, ConnectionEnd.TimedOut, Start + (2 * Second));

        Assert.Equal([2UL, 3], Ask(new()).Order().ToArray());
        Assert.Equal([1UL, 2, 3], Ask(new() { All = true }).Order().ToArray());
        Assert.Equal([2UL, 3], Ask(new() { All = true, SinceNs = Start + (2 * Second) }).Order().ToArray());
        Assert.Equal([1UL, 2], Ask(new() { All = true, State = ConnectionState.Closed }).Order().ToArray());
        Assert.Equal([2], Ask(new() { Slow = TimeSpan.FromMilliseconds(15) }));
    }

    [Fact]
    public void ListenersComeByTheirAddressWithTheirOwners()
    {
        Listen(9, 443);
        Listen(8, 80);

        var list = _table.Answer(new(new ConnectionChoice(), default, Listening: true, Limit: 10), Start, OwnersOf);
        var one = _table.Answer(new(new ConnectionChoice { Filter = FlowFilter.Parse("port 443"), Pid = 109 }, default, Listening: true, Limit: 10), Start, OwnersOf);

        Assert.Equal([8, 9], list.Queues.Select(queue => queue.Cookie));
        Assert.Equal((2, 0), (list.Listening, list.Connections.Count));
        Assert.Equal("p9", Assert.Single(one.Queues).Processes[0].Name);
    }

    [Fact]
    public void TheMedianOfTheRoundTripIsThatOfTheLastReadings()
    {
        for (var reading = 1; reading <= 40; reading++)
            Read(1, rttMs: reading, bytes: 30, again: 0);

        var connection = _table.Answer(new(new ConnectionChoice { Filter = FlowFilter.Parse("port 40001") }, default, Listening: false, Limit: 1), Start, OwnersOf).Connections[0];

        Assert.Equal(33, connection.MedianRttNs / 1_000_000); // of 26 to 40
    }

    [Fact]
    public void TheBoundCanBeSetWhileItRuns()
    {
        _table.MaxConnections = 3;
        Read(4, rttMs: 1, bytes: 1, again: 0);

        Assert.Equal((3, 1UL), (_table.Count, _table.Sums().Untold));
    }

    private ulong[] Ask(ConnectionChoice choice, ConnectionOrder order = default, int limit = 10) =>
        [.. _table.Answer(new(choice, order, Listening: false, limit), Start + (3 * Second), OwnersOf).Connections.Select(row => row.Figures.Cookie)];

    private IReadOnlyList<SocketProcess> OwnersOf(ulong cookie)
    {
        _asked.Add(cookie);
        return [new SocketProcess { Pid = (int)cookie + 100, Name = $"p{cookie}", Uid = 0 }];
    }

    private void Read(ulong cookie, long rttMs, ulong bytes, uint again) =>
        _table.Read(Figures(cookie) with { RttNs = rttMs * 1_000_000, BytesSent = bytes, Retransmitted = again, SegmentsReceived = ++_segments });

    private void End(ulong cookie, ConnectionEnd end, long timeNs) =>
        _table.End(Figures(cookie) with { TimeNs = timeNs, State = ConnectionState.Closed, OldState = ConnectionState.Established, End = end, RttNs = 20_000_000 });

    private static ConnectionFigures Figures(ulong cookie) => new()
    {
        Cookie = cookie, Namespace = 1, TimeNs = Start, OpenedNs = Start - Second + (long)cookie, EstablishedNs = Start - Second + (long)cookie,
        Role = ConnectionRole.Client, State = ConnectionState.Established, Local = new(Address.Parse("10.0.0.1"), (ushort)(40_000 + cookie)),
        Remote = new(Address.Parse("10.0.0.2"), 80), SendWindow = 65_535, ReceiveWindow = 65_535, SegmentSize = 1448,
    };

    private void Listen(ulong cookie, ushort port) => _table.Read(new ListenQueue
    {
        Cookie = cookie, Namespace = 1, Local = new(Address.Parse("0.0.0.0"), port), TimeNs = Start, Length = 0, Limit = 5, HalfOpen = 0, Drops = 0, SynAckRetransmits = 0,
    });
}
