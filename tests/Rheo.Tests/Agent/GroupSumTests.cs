using Rheo.Agent;
using Rheo.Model;
using Rheo.Model.Owners;
using Rheo.Terminal.Top;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What conversations have together, each from the side that the group has of it.</summary>
public sealed class GroupSumTests
{
    private static readonly Conversation Flow = new()
    {
        Sent = new(1, 10), Received = new(2, 20), FirstSeenNs = 300, LastSeenNs = 400,
        Rates = new(new(1, 2, 3, 4), new(5, 6, 7, 8), new(9, 10, 11, 12)),
    };

    [Fact]
    public void EachFigureIsAddedOnItsSide()
    {
        var sum = new GroupSum("group");
        sum.Add(Flow, fromSource: true);
        sum.Add(Flow with { FirstSeenNs = 100, LastSeenNs = 350 }, fromSource: false);

        var row = sum.Row(-1, [], TopGrouping.Host).Flow;

        Assert.Equal((new Traffic(3, 30), new Traffic(3, 30), 100L, 400L), (row.Sent, row.Received, row.FirstSeenNs, row.LastSeenNs));
        Assert.Equal(new ConversationRates(new(4, 6, 4, 6), new(12, 14, 12, 14), new(20, 22, 20, 22)), row.Rates);
        Assert.Equal(8, sum.Now);
    }

    [Theory]
    [InlineData(4, "p0 p1 p2 p3")]
    [InlineData(5, "p0 p1 p2 p3 …")]
    public void OfManyProcessesSomeAreNamedAndThatThereAreMore(int processes, string members)
    {
        var sum = new GroupSum("unit");
        for (var process = 0; process < 2 * processes; process++)
            sum.Add(Flow with { SourceProcesses = [Named($"p{process % processes}")] }, fromSource: true);

        Assert.Equal(members, sum.Row(-1, [], TopGrouping.Container).Group!.Members);
    }

    private static SocketProcess Named(string name) => OwnerTable.Curl with { Name = name };
}
