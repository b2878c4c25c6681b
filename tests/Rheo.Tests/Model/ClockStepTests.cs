using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class ClockStepTests
{
    private const long FiveYears = 5 * 365 * 86_400 * Second;

    [Theory]
    [InlineData(FiveYears)]
    [InlineData(-FiveYears)]
    public void ATimeOutTakesAsLongAsEverWhenTheClockIsSet(long step)
    {
        var table = Table();
        table.See(Key(Client, Server, Transport.Udp), Out(2), Start, 1);
        table.Tick(Start + Second);
        table.ShiftTime(step);
        table.Tick(Start + step + (59 * Second));
        Assert.Single(table.All());
        table.Tick(Start + step + (60 * Second));
        Assert.Empty(table.All());
        AssertBalance(table);
    }

    [Theory]
    [InlineData(FiveYears)]
    [InlineData(-FiveYears)]
    public void TimesAndRatesGoOnByTheClockAsItStands(long step)
    {
        var table = Table();
        var flow = table.See(Request, Out(2), Start, 1);
        table.Tick(Start);
        table.ShiftTime(step);
        Assert.True(table.More(flow, 10, Start + step + Second));
        table.Tick(Start + step + Second);
        var conversation = table.Single();
        Assert.Equal((Start + step, Start + step + Second), (conversation.FirstSeenNs, conversation.LastSeenNs));
        Assert.Equal(11, conversation.Rates.OneSecond.Packets);
    }

    [Fact]
    public void NamesThatWereJustHeardOfAreNotLetGoWhenTheClockIsSetForward()
    {
        var table = Crowded(Start);
        table.ShiftTime(FiveYears);
        See(table, 600, Start + FiveYears + (20 * Second));
        Assert.Equal(default, table.OwnerSums.Gone);
        Assert.Equal(1UL, table.OwnerSums.Other.Sent.Packets);
    }

    [Fact]
    public void NamesThatAreSilentMakeRoomAlsoAfterTheClockWasSetBack()
    {
        var table = Crowded(Start);
        table.ShiftTime(-FiveYears);
        See(table, 600, Start - FiveYears + (20 * 60 * Second));
        Assert.Equal(512UL, table.OwnerSums.Gone.Sent.Packets);
        Assert.Equal("p600", Assert.Single(table.OwnerSums.Named).Process);
    }

    // A table in which every place for a name is taken, and each was heard of by now.
    private static ConversationTable Crowded(long now)
    {
        var owners = new OwnerTable();
        for (var process = 0; process <= 600; process++)
            owners.Add(End(process), OwnerTable.Curl with { Name = $"p{process}" });
        var table = Table();
        table.Owners = owners;
        for (var process = 0; process < 512; process++)
            See(table, process, now);
        return table;
    }

    private static Endpoint End(int process) => Client with { Port = (ushort)(1000 + process) };

    private static void See(ConversationTable table, int process, long now)
    {
        table.See(Key(End(process), Server, Transport.Udp), Out(2), now, 1);
        table.Tick(now);
    }
}
