using Rheo.Agent;
using Rheo.Model;
using Rheo.Terminal.Top;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What the live view shows of the seconds that pass.</summary>
public sealed class TopReaderTests
{
    [Theory]
    [InlineData(3600 * Flows.Second)]
    [InlineData(-3600 * Flows.Second)]
    public void ASecondIsASecondAlsoWhereTheClockIsSet(long step)
    {
        var source = new ScriptedSource(new TrafficSourceOptions(), Script);
        source.Scan();
        var reader = new TopReader(source, most: 10);
        var state = new TopState { Filter = FlowFilter.All };
        for (var second = 1; second <= 6; second++)
        {
            source.Scan();
            reader.Sample(state);
        }

        var shown = reader.Read(state, page: 10);
        Assert.Equal((6, 20), (shown.History.Count, shown.PacketsPerSecond));
        Assert.All(shown.History, rate => Assert.Equal(2000, rate));

        void Script(ScriptedSource at, int round)
        {
            if (round == 4)
                at.SetClock(step);
            at.Talk(1001, 10);
        }
    }
}
