using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Model;

/// <summary>Conversations that carried something in one second alone: they take less, and tell the same.</summary>
public sealed class BriefRatesTests
{
    private const int Many = 65_536;

    // 160 and 64 bytes and the index; whole rates would be 128 more.
    private const int MostBytes = 300;

    [Fact]
    public void AMillionPeersThatSendOnceTakeNoRatesForAMinute()
    {
        ConversationTable table = null!;
        var allocated = Allocated.By(() =>
        {
            table = Flows.Table();
            for (var at = 0; at < Many; at++)
                table.See(Flows.Key(Flows.Client with { Port = (ushort)at }, Flows.Server), Flows.Out(2), Flows.Start, 1);
            table.Tick(Flows.Start + Flows.Second);
        });

        Assert.Equal(Many, table.ActiveCount);
        Assert.InRange(allocated / Many, 1, MostBytes);
    }

    [Fact]
    public void ItsRatesAreThoseOfOneThatGoesOnWithNothing()
    {
        var table = Flows.Table();
        var once = table.See(Flows.Key(Flows.Client with { Port = 1 }, Flows.Server), Flows.Out(2), Flows.Start, 1);
        var again = table.See(Flows.Key(Flows.Client with { Port = 2 }, Flows.Server), Flows.Out(2), Flows.Start, 1);
        for (var second = 1; second <= 64; second++)
        {
            var now = Flows.Start + (second * Flows.Second);
            if (second == 5)
            {
                table.More(once, 600, now);
                table.More(again, 600, now);
            }

            table.More(again, 0, now);
            table.Tick(now);

            var found = new Conversation[2];
            Assert.Equal(2, table.Top(found, ConversationOrder.RateTenSeconds));
            Assert.Equal(found[0].Rates, found[1].Rates);
        }
    }
}
