using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>What came between two readings of the kernel's sums.</summary>
public sealed class ConnectionTotalsTests
{
    private static readonly ConnectionTotals Before = new() { Opened = 100, Accepted = 50, Retransmits = new(5, 4, 3, 2, 1), LostMoments = 7 };

    [Fact]
    public void OnlyWhatCameSinceIsTold()
    {
        var now = Before with { Opened = 103, Retransmits = new(6, 4, 3, 2, 2) };
        Assert.Equal((3UL, 0UL, 2UL, 0UL), Told(now.Since(Before)));
    }

    [Fact]
    public void WhereTheAgentHasBegunToCountAnewAllThatItHasCountedIsNew()
    {
        var now = new ConnectionTotals { Opened = 2, Accepted = 60 };
        Assert.Equal((2UL, 60UL, 0UL, 0UL), Told(now.Since(Before)));
    }

    private static (ulong Opened, ulong Accepted, ulong SentAgain, ulong Lost) Told(ConnectionTotals totals) =>
        (totals.Opened, totals.Accepted, totals.Retransmits.Total, totals.LostMoments);
}
