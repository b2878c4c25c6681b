using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Model;

public sealed class RateOrderTests
{
    [Theory]
    [InlineData(ConversationOrder.RateOneSecond)]
    [InlineData(ConversationOrder.RateTenSeconds)]
    [InlineData(ConversationOrder.RateOneMinute)]
    public void TheFirstByRateAreThoseWithTheGreatestRates(ConversationOrder order)
    {
        var random = new Random(11);
        var table = Flows.Table();
        var flows = Enumerable.Range(0, 40)
            .Select(at => table.See(Flows.Key(Flows.Client with { Port = (ushort)(1000 + at) }, Flows.Server), Flows.Out(2), Flows.Start, 1)).ToArray();
        for (var second = 1; second <= 30; second++)
        {
            // Some are silent for long.
            var now = Flows.Start + (second * Flows.Second);
            foreach (var flow in flows.Where(_ => random.Next(second < 15 ? 2 : 12) == 0))
                table.More(flow, (ulong)random.Next(1, 1000), now);
            table.Tick(now);

            var found = new Conversation[40];
            Assert.Equal(40, table.Top(found, order));
            var rates = found.Select(flow => Rate(flow.Rates, order).Bytes).ToArray();
            Assert.Equal(rates.OrderDescending(), rates);
        }
    }

    private static TrafficRate Rate(ConversationRates rates, ConversationOrder order) => order switch
    {
        ConversationOrder.RateOneSecond => rates.OneSecond,
        ConversationOrder.RateTenSeconds => rates.TenSeconds,
        _ => rates.OneMinute,
    };
}
