using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Which end of which connection duplicate acknowledgements are shown with.</summary>
public sealed class DuplicateAcksTests
{
    private const long Second = 1_000_000_000;
    private const long Start = SomeConnection.Start;

    private static readonly ConnectionFigures s_open = SomeConnection.Open;

    private readonly ConnectionTable _table = new(new ConnectionTableOptions()) { Acks = new DuplicateAcks() };

    [Fact]
    public void TheyAreThoseThatTheOtherEndSent()
    {
        _table.Read(s_open);
        _table.Read(s_open with { Cookie = s_open.Cookie + 1, Local = s_open.Remote, Remote = s_open.Local });
        See(3, Start + Second);

        var shown = _table.Snapshot(Start + Second).Connections;
        Assert.Equal(2, shown.Count);
        Assert.All(shown, one => Assert.Equal(one.Figures.Local == s_open.Local ? 3u : 0u, one.DuplicateAcks));
        Assert.Equal(3ul, _table.Sums().DuplicateAcks);
    }

    [Fact]
    public void ThoseOfAnEarlierConnectionOfTheSamePortsAreNotItsOwn()
    {
        See(3, s_open.OpenedNs - Second);
        _table.Read(s_open);

        Assert.Equal(0u, Assert.Single(_table.Snapshot(Start).Connections).DuplicateAcks);
    }

    [Fact]
    public void OneThatEndedKeepsItsOwn()
    {
        _table.Read(s_open);
        See(3, Start);
        _table.End(s_open with { TimeNs = Start + Second, State = ConnectionState.Closed, End = ConnectionEnd.FinSent });
        See(7, Start + (2 * Second));

        Assert.Equal(3u, Assert.Single(_table.Snapshot(Start + (3 * Second)).Connections).DuplicateAcks);
    }

    [Fact]
    public void WhereNobodyLooksAtPacketsTheyAreNotKnown()
    {
        _table.Acks = null;
        _table.Read(s_open);
        _table.Read(s_open with { Cookie = s_open.Cookie + 1 });
        _table.End(s_open with { Cookie = s_open.Cookie + 1, State = ConnectionState.Closed, End = ConnectionEnd.FinSent });

        Assert.All(_table.Snapshot(Start).Connections, one => Assert.Null(one.DuplicateAcks));
        Assert.Null(_table.Sums().DuplicateAcks);
    }

    // Sent to the end that connected.
    private void See(uint count, long lastNs)
    {
        _table.Acks!.Begin(count);
        _table.Acks.Add(s_open.Remote, s_open.Local, count, lastNs);
    }
}
