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
}
