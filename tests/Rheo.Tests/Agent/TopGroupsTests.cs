using Rheo.Agent;
using Rheo.Model;
using Rheo.Model.Owners;
using Rheo.Terminal.Top;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class TopGroupsTests
{
    private static readonly Endpoint Other = Flows.Client with { Port = 50_000 };
    private static readonly OwnerTable Owners = new OwnerTable()
        .Add(Flows.Client, OwnerTable.Curl).Add(Other, OwnerTable.Curl).Add(Flows.Server, OwnerTable.Nginx);

    [Fact]
    public void AProcessHasTheSumOfItsConversationsFromItsOwnSide()
    {
        var rows = Rows(TopGrouping.Process, FlowFilter.All);

        Assert.Equal(["curl[4711]", "nginx[812]", "-"], rows.Select(row => row.Group!.Name));
        Assert.Equal((new Traffic(11, 1100), new Traffic(7, 700), 2), Sums(rows[0]));
        Assert.Equal((new Traffic(7, 700), new Traffic(11, 1100), 2), Sums(rows[1]));
        Assert.Equal((new Traffic(9, 900), default(Traffic), 1), Sums(rows[2]));
        Assert.Equal("3f4a0c5d9e1b", rows[1].Group!.Members);
    }

    [Fact]
    public void ContainersAndUnitsAreGroups()
    {
        var rows = Rows(TopGrouping.Container, FlowFilter.Parse("process:*"));

        Assert.Equal(["3f4a0c5d9e1b", "session-2.scope"], rows.Select(row => row.Group!.Name).Order());
        Assert.Equal("nginx", rows.Single(row => row.Group!.Name == "3f4a0c5d9e1b").Group!.Members);
    }

    [Fact]
    public void AHostHasWhatItSentAndReceivedWhoeverOpened()
    {
        var rows = Rows(TopGrouping.Host, FlowFilter.Parse("tcp"));

        Assert.Equal(["10.0.0.1", "10.0.0.2"], rows.Select(row => row.Group!.Name).Order());
        Assert.All(rows, row => Assert.Equal(1800ul, row.Flow.Traffic.Bytes));
    }

    [Fact]
    public void AGroupKeepsItsNumberFromScanToScan()
    {
        using var source = Source();
        var groups = new TopGroups();
        source.Scan();
        groups.Sum(source, TopGrouping.Process, FlowFilter.All);
        var before = groups.Rows(ConversationOrder.Bytes, 1, _ => [])[0].Flow.Id;
        source.Scan();
        groups.Sum(source, TopGrouping.Process, FlowFilter.All);

        Assert.Equal(before, groups.Rows(ConversationOrder.Bytes, 1, _ => [])[0].Flow.Id);
        Assert.True(before < 0);
    }

    private static (Traffic Sent, Traffic Received, int Conversations) Sums(TopRow row) => (row.Flow.Sent, row.Flow.Received, row.Group!.Conversations);

    private static TopRow[] Rows(TopGrouping grouping, FlowFilter filter)
    {
        using var source = Source();
        var groups = new TopGroups();
        source.Scan();
        groups.Sum(source, grouping, filter);
        return groups.Rows(ConversationOrder.Bytes, 10, _ => []);
    }

    private static ScriptedSource Source() => new(new TrafficSourceOptions(), (source, _) =>
    {
        var table = source.Conversations;
        table.Owners = Owners;
        table.See(Flows.Request, Flows.Out(2), source.Now, 5);
        table.See(Flows.Reply, Flows.In(2), source.Now, 4);
        table.See(Flows.Key(Other, Flows.Server), Flows.Out(2), source.Now, 6);
        table.See(Flows.Key(Flows.Server, Other), Flows.In(2), source.Now, 3);
        table.See(Flows.Icmp("10.0.0.8", "10.0.0.9", 8), Flows.Out(2), source.Now, 9);
    });
}
