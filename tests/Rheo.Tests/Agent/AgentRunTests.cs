using System.Net;
using System.Net.Sockets;
using Rheo.Agent;
using Rheo.Cli;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class AgentRunTests
{
    [Fact]
    public async Task ConversationsAreServedSortedAndFiltered()
    {
        using var agent = new RunningAgent((source, round) =>
        {
            if (round > 0)
                return;
            source.Talk(1001, 5);
            source.Talk(1002, 50);
            source.Talk(1003, 10);
        });

        var answer = await agent.Json("api/v1/flows?filter=port+1001+or+port+1003&sort=bytes&limit=5");

        Assert.Equal(3, answer.GetProperty("total").GetInt32());
        var ports = answer.GetProperty("flows").EnumerateArray().Select(flow => flow.GetProperty("source").GetProperty("port").GetInt32());
        Assert.Equal([1003, 1001], ports);
    }

    [Fact]
    public void StartSaysWhatIsWatchedAndWhereThePageIs()
    {
        using var agent = new RunningAgent((_, _) => { });

        Assert.Contains("watching lo (tcx), eth0 (tcx) until Ctrl-C or SIGTERM", agent.Messages, StringComparison.Ordinal);
        Assert.Matches(@"serving http://127\.0\.0\.1:\d+/", agent.Messages);
    }

    [Fact]
    public void TheEndIsCleanAndSaysWhatWasSeen()
    {
        var agent = new RunningAgent((_, _) => { });

        agent.Stop();

        Assert.True(agent.Source!.IsDisposed);
        Assert.Contains("nothing lost", agent.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACaptureThatFailsEndsTheAgentWithItsFailure()
    {
        var gone = new ManualResetEventSlim();
        var agent = new RunningAgent((_, _) =>
        {
            if (gone.IsSet)
                throw new IOException("the kernel went away");
        });
        gone.Set();

        var failure = await Assert.ThrowsAsync<IOException>(() => Task.Run(() =>
        {
            SpinWait.SpinUntil(() => agent.Source!.IsDisposed, TimeSpan.FromSeconds(30));
            agent.Stop();
        }));
        Assert.Equal("the kernel went away", failure.Message);
    }

    [Fact]
    public void APortInUseIsNamedWithTheWayOut()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var messages = new StringWriter();
        var commands = new Commands(options => new ScriptedSource(options, (_, _) => { }), messages);

        var code = commands.Agent(new AgentOptions { Listen = (IPEndPoint)other.LocalEndpoint, Socket = "none" });

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains($"rheo agent: {other.LocalEndpoint} is in use", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("--listen", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingRightsExitWith3()
    {
        var messages = new StringWriter();
        var commands = new Commands(_ => throw new MissingSupportException("needs CAP_BPF; try sudo"), messages);

        Assert.Equal(ExitCode.MissingSupport, commands.Agent(new AgentOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Socket = "none" }));
        Assert.Equal("rheo agent: needs CAP_BPF; try sudo\n", messages.ToString());
    }
}
