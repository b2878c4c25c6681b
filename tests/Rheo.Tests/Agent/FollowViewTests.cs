using Rheo.Agent;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What is remembered of conversations that were printed, over days.</summary>
public sealed class FollowViewTests
{
    [Fact]
    public void OneThatPassesTheFilterOnlyWhileItGoesOnIsForgottenOnceItIsOver()
    {
        var options = new FlowsOptions { Follow = true, Filter = FlowFilter.Parse("state:established") };
        var ended = new EndedFlows(options.Filter, 1000);
        var source = new ScriptedSource(new TrafficSourceOptions { Ended = ended }, Script);
        var printed = new Counted();
        var view = new FollowView(options, source, ended, printed);
        for (var round = 0; round < 400; round++)
        {
            source.Scan();
            view.Scanned();
        }

        Assert.Equal(4000, printed.Flows);
        Assert.InRange(view.Remembered, 0, 1500);
    }

    // Ten connections in each round, each of which is reset in the next.
    private static void Script(ScriptedSource source, int round)
    {
        for (var one = 0; one < 10; one++)
        {
            if (round > 0)
                source.Talk((ushort)((10 * round) - 10 + one), 1, TcpFlags.Rst);
            source.Talk((ushort)((10 * round) + one), 1, TcpFlags.Syn | TcpFlags.Ack);
        }
    }

    private sealed class Counted : IFlowWriter
    {
        public int Flows { get; private set; }

        public void Write(in Conversation flow) => Flows++;

        public void Flush()
        {
        }
    }
}
